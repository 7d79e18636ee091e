import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Approvals } from '#core/contracts/approvals'
import type { Actor } from '#core/contracts/audit'
import type { Result } from '#core/result'
import type Customer from '#customers/models/customer'
import { owedGranted, receivable, system } from '#ledger/accounts'
import { CancelMarket } from '#markets/actions/cancel_market'
import { ResolveMarket, type ResolveInput } from '#markets/actions/resolve_market'
import { ReverseSettlement } from '#markets/actions/reverse_settlement'
import Bet from '#markets/models/bet'
import type Market from '#markets/models/market'
import type { Decided, DecisionInput } from '#markets/settlement/input'
import { SettlementApproval } from '#markets/settlement/settlement_approval'
import { Settlements } from '#markets/settlement/settlements'
import type { Outcome } from '#markets/values'
import { accepted, balanceOf } from '#tests/support/ledger'
import { ADMIN, MarketsWorld } from '#tests/support/markets/world'
import { HOUR } from '#tests/support/test_clock'

/** Markets whose end can come. */
export class SettlingWorld extends MarketsWorld {
  async setup() {
    await super.setup()
    await this.#useClock()
  }

  async teardown() {
    super.teardown()
    await this.#useClock()
  }

  /** The handler of approvals lives as long as the process: it is made anew for the clock of this test. */
  async #useClock() {
    const approvals = await app.container.make(Approvals)
    approvals.register(await this.make(SettlementApproval))
  }

  /** Ends in an hour. */
  market(columns: Partial<Market> = {}) {
    return super.market({ endsAt: this.clock.now() + HOUR, ...columns })
  }

  async resolve(market: Market, result: Outcome, input: Partial<ResolveInput> = {}): Promise<Result<Decided>> {
    const action = await this.make(ResolveMarket)
    const evidenceUrl = 'https://example.org/result'
    return action.handle({
      ...{ marketId: market.id, result, evidenceUrl, note: null, confirmEarly: true, expected: null, actor: ADMIN },
      ...input,
    })
  }

  async cancel(market: Market, input: Partial<DecisionInput> = {}): Promise<Result<Decided>> {
    const action = await this.make(CancelMarket)
    return action.handle({ marketId: market.id, note: 'Called off', expected: null, actor: ADMIN, ...input })
  }

  async reverse(market: Market, input: Partial<DecisionInput> = {}): Promise<Result<Decided>> {
    const action = await this.make(ReverseSettlement)
    return action.handle({ marketId: market.id, note: 'Wrong result', expected: null, actor: ADMIN, ...input })
  }

  /** Carries a decision out to its end. */
  async done(decided: Promise<Result<Decided>>) {
    const { settlement } = accepted(await decided)
    const settlements = await this.make(Settlements)
    await settlements.run(settlement.id)
    return settlement.refresh()
  }

  /** Minor units that a customer has, and owes (below zero). */
  async points(customer: Customer) {
    const purse = await this.purse(customer)
    const owed = await balanceOf(receivable(customer.id, 'PRED'))
    return { ...purse, owed, owedFree: await balanceOf(owedGranted(customer.id)) }
  }

  fees = () => balanceOf(system('fees', 'PRED'))

  bets(market: Market) {
    return Bet.query().where('marketId', market.id).orderBy('id')
  }

  async record(customer: Customer) {
    const { $attributes } = await this.bettor(customer)
    return $attributes
  }

  /** Messages of settlements: template and what fills it. */
  async news(customer: Customer) {
    const rows = await db
      .from('notifications')
      .where('customer_id', customer.id)
      .whereLike('template', 'bet_%')
      .orderBy('id')
    return rows.map(({ template, params }) => ({
      template: template as string,
      params: typeof params === 'string' ? JSON.parse(params) : params,
    }))
  }

  /** What fills the last one. */
  async lastNews(customer: Customer) {
    const news = await this.news(customer)
    return news.at(-1)?.params
  }

  /** Every balance of the ledger that is not zero, by account. */
  async balances(): Promise<Record<string, number>> {
    const rows = await db.from('ledger_accounts').whereNot('balance', 0).select('code', 'balance')
    return Object.fromEntries(rows.map(({ code, balance }) => [code, Number(balance)]))
  }
}

export const adminActor = ({ id, fullName }: { id: number; fullName: string }): Actor => ({
  ...{ type: 'admin', id, name: fullName },
})
