import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import type { Actor } from '#core/contracts/audit'
import { Settings, type SettingDefinition } from '#core/contracts/settings'
import { transaction } from '#core/database/transaction'
import { type Money } from '#core/money/money'
import { parseMoney } from '#core/money/parse_money'
import { CustomerFactory } from '#database/factories/customer_factory'
import { MarketFactory } from '#database/factories/market_factory'
import { earnOwedRewards } from '#database/samples/owed_rewards'
import type Customer from '#customers/models/customer'
import { granted, system, wallet } from '#ledger/accounts'
import { verifyLedger } from '#ledger/verify/verify_ledger'
import { PlaceBet } from '#markets/actions/place_bet'
import type { BetInput } from '#markets/betting/bet_input'
import { BetQuotes } from '#markets/betting/bet_quotes'
import Bettor from '#markets/models/bettor'
import type Market from '#markets/models/market'
import MarketCategory from '#markets/models/market_category'
import MarketPosition from '#markets/models/market_position'
import type { Outcome } from '#markets/values'
import { resetDatabase } from '#tests/support/database'
import { accepted, balanceOf, freshKey, fund, grant } from '#tests/support/ledger'
import { TestClock } from '#tests/support/test_clock'

export { accepted } from '#tests/support/ledger'

export const ADMIN: Actor = { type: 'admin', id: 1, name: 'Olena' }

/** So many PRED: `12.50`. */
export const pred = (text: string | number): Money => accepted(parseMoney(String(text), 'PRED'))

/** A database of its own with one category and a clock that stands still. */
export class MarketsWorld {
  clock = new TestClock()
  category!: MarketCategory

  async setup() {
    await resetDatabase()
    this.clock = new TestClock()
    app.container.swap(Clock, () => this.clock)
    await db.table('house_exposure').insert({ id: 1, used: 0 })
    this.category = await this.givenCategory('crypto')
  }

  teardown() {
    app.container.restoreAll([Clock])
  }

  make<T>(dependency: new (...args: any[]) => T): Promise<T> {
    return app.container.make(dependency) as Promise<T>
  }

  async set<T>(definition: SettingDefinition<T>, value: T) {
    const settings = await app.container.make(Settings)
    await transaction((trx) => settings.set(trx, definition, value))
  }

  givenCategory(slug: string) {
    const now = this.clock.now()
    const names = { en: slug[0].toUpperCase() + slug.slice(1) }
    return MarketCategory.create({ slug, emoji: '🪙', names, position: 1, createdAt: now, updatedAt: now })
  }

  /** Open at fixed odds, unless told. */
  async market(columns: Partial<Market> = {}): Promise<Market> {
    const market = await MarketFactory.merge({ categoryId: this.category.id, ...(columns as any) }).create()
    return market.refresh()
  }

  /** With so many bought and granted points. */
  async customer({
    bought = '1000',
    free = '0',
    ...columns
  }: Partial<Customer> & { bought?: string; free?: string } = {}) {
    const customer = await CustomerFactory.merge(columns as any).create()
    if (bought !== '0') await fund(customer.id, pred(bought))
    if (free !== '0') await grant(customer.id, pred(free))
    return customer
  }

  /** A bet at the odds of this moment, unless told what was shown. */
  async bet(
    customer: Customer,
    market: Market,
    outcome: Outcome,
    stake: string | number,
    input: Partial<BetInput> = {}
  ) {
    const action = await this.make(PlaceBet)
    const shownOdds = input.shownOdds ?? (await this.oddsOf(customer, market, outcome, stake))
    return action.handle({
      customerId: customer.id,
      market: market.reference,
      outcome,
      stake: pred(stake),
      key: freshKey(),
      source: 'bot',
      actor: { type: 'customer', id: customer.id, name: customer.displayName },
      ...input,
      shownOdds,
    })
  }

  async taken(...args: Parameters<MarketsWorld['bet']>) {
    return accepted(await this.bet(...args))
  }

  /** Works off what first bets left for the worker, as often as it is there; answers how many. */
  rewardReferrers(): Promise<number> {
    return earnOwedRewards(app.container)
  }

  async quote(customer: Customer, market: Market, outcome: Outcome, stake: string | number) {
    const quotes = await this.make(BetQuotes)
    return quotes.quote({ market: market.reference, customerId: customer.id, outcome, stake: pred(stake) })
  }

  /** 1.00 where nothing can be quoted: no odds are worse than those. */
  async oddsOf(...args: Parameters<MarketsWorld['quote']>) {
    const quote = await this.quote(...args)
    return quote.ok ? quote.value.odds : 100
  }

  /** Minor units: bought and granted points. */
  async purse(customer: Customer) {
    return { bought: await balanceOf(wallet(customer.id, 'PRED')), free: await balanceOf(granted(customer.id)) }
  }

  houseBalance = () => balanceOf(system('house', 'PRED'))

  async houseExposure(): Promise<bigint> {
    const { used } = await db.from('house_exposure').firstOrFail()
    return BigInt(used)
  }

  bettor(customer: Customer) {
    return Bettor.findOrFail(customer.id)
  }

  position(customer: Customer, market: Market) {
    return MarketPosition.findByOrFail({ marketId: market.id, customerId: customer.id })
  }

  /** What the proof of the ledger finds wrong. */
  ledgerFaults() {
    return Array.fromAsync(verifyLedger({ transfers: 0, entries: 0, accounts: 0 }))
  }
}
