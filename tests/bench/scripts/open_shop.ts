import app from '@adonisjs/core/services/app'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { Settings, type SettingDefinition } from '#core/contracts/settings'
import { transaction } from '#core/database/transaction'
import { Money } from '#core/money/money'
import type { Result } from '#core/result'
import { callbacksPerMinute, messagesPerMinute, paymentsPerMinute } from '#bot/bot_settings'
import { RegisterCustomer } from '#customers/actions/register_customer'
import { system, wallet } from '#ledger/accounts'
import { Ledger } from '#ledger/ledger'
import ExchangeRate from '#payments/models/exchange_rate'
import { ChangeFragmentSession } from '#stars/actions/change_fragment_session'
import { ChangeFragmentWallet } from '#stars/actions/change_fragment_wallet'
import { fragmentDailyBudget, fulfilmentProvider } from '#stars/settings'

export interface ShopInput {
  people: { id: number; firstName: string; username: string }[]
  /** Whole TON that everybody begins with. */
  ton: number
  cookies: string
  mnemonic: string
}

const HOUR = 3_600_000

/** A shop that sells for all ways of paying and delivers through Fragment, and customers with money on the balance. */
export default async function openShop({ people, ton, cookies, mnemonic }: ShopInput) {
  const settings = await app.container.make(Settings)
  const set = <T>(definition: SettingDefinition<T>, value: T) =>
    transaction((trx) => settings.set(trx, definition, value))
  await set(fulfilmentProvider, 'fragment')
  await set(fragmentDailyBudget, '900')
  for (const limit of [callbacksPerMinute, messagesPerMinute, paymentsPerMinute]) await set(limit, 1000)

  const observedAt = new Date().getTime()
  const times = { observedAt, expiresAt: observedAt + HOUR }
  await ExchangeRate.create({ base: 'STARS', quote: 'TON', rate: '0.01', source: 'manual', ...times })

  const session = await app.container.make(ChangeFragmentSession)
  const fragmentWallet = await app.container.make(ChangeFragmentWallet)
  done(await session.handle({ cookies, actor: SYSTEM_ACTOR }))
  done(await fragmentWallet.handle({ mnemonic, actor: SYSTEM_ACTOR }))
  for (const person of people) await welcome(person, ton)
}

async function welcome({ id, firstName, username }: ShopInput['people'][number], ton: number) {
  const register = await app.container.make(RegisterCustomer)
  const ledger = await app.container.make(Ledger)
  const { customer } = await register.handle({ telegramId: id, firstName, username, languageTag: 'en' } as any)
  const amount = Money.of(BigInt(ton) * 1_000_000_000n, 'TON')
  const posted = await transaction((trx) =>
    ledger.transfer(trx, {
      kind: 'adjustment',
      key: `bench:${id}`,
      postings: [{ from: system('adjustments', 'TON'), to: wallet(customer.id, 'TON'), amount }],
      actor: SYSTEM_ACTOR,
    })
  )
  done(posted)
}

function done<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`Refused: ${JSON.stringify(result.refusal)}`)
  return result.value
}
