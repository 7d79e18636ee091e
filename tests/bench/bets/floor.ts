import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { Settings, type SettingDefinition } from '#core/contracts/settings'
import { transaction } from '#core/database/transaction'
import { Money } from '#core/money/money'
import { MarketFactory } from '#database/factories/market_factory'
import { system, wallet } from '#ledger/accounts'
import { Ledger } from '#ledger/ledger'
import { FIRST_CUSTOMER, FIRST_MARKET, marketReference, positionId, sideOf, type Floor } from '#tests/bench/bets/ids'
import { customerExposure, customerStake, globalExposure, marketExposure } from '#markets/settings'

const MUCH = '1000000000'

/** Open markets, customers with points, and a side of every market for each of them. */
export default async function prepare({ markets, customers }: Floor) {
  const settings = await app.container.make(Settings)
  const set = <T>(definition: SettingDefinition<T>, value: T) =>
    transaction((trx) => settings.set(trx, definition, value))
  for (const limit of [customerStake, customerExposure, marketExposure, globalExposure]) await set(limit, MUCH)

  const people = Array.from({ length: customers }, (_, index) => FIRST_CUSTOMER + index)
  const open = Array.from({ length: markets }, (_, index) => FIRST_MARKET + index)
  await db.table('customers').multiInsert(people.map(customerRow))
  const { id: categoryId } = await db.from('market_categories').orderBy('id').select('id').firstOrFail()
  for (const id of open) await MarketFactory.merge({ id, reference: marketReference(id), categoryId } as any).create()
  for (const market of open) {
    await db.table('market_positions').multiInsert(people.map((customer) => positionRow(market, customer)))
  }
  await fund(people)
}

const customerRow = (id: number) => ({
  ...{ id, telegram_id: id, first_name: `Customer ${id}`, search_name: `customer ${id}`, language: 'en' },
  ...{ language_chosen: false, referral_code: `bench${id}`, last_active_at: 0, created_at: 0, updated_at: 0 },
})

const positionRow = (market: number, customer: number) => ({
  ...{ id: positionId(market, customer), market_id: market, customer_id: customer, outcome: sideOf(customer) },
  ...{ bets: 0, stake: 0, potential: 0 },
})

async function fund(people: number[]) {
  const ledger = await app.container.make(Ledger)
  const amount = Money.of(1_000_000_000_000n, 'PRED')
  const postings = people.map((id) => ({ from: system('issuance', 'PRED'), to: wallet(id, 'PRED'), amount }))
  await transaction((trx) => ledger.transfer(trx, { kind: 'top_up', key: 'bench:fund', postings, actor: SYSTEM_ACTOR }))
}
