import app from '@adonisjs/core/services/app'
import { CreateWallet } from '#chain/actions/create_wallet'
import { gasDailyBudget } from '#chain/settings'
import { Treasury } from '#chain/treasury/treasury'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { Settings } from '#core/contracts/settings'
import { transaction } from '#core/database/transaction'
import { RegisterCustomer } from '#customers/actions/register_customer'

export interface OpenRaffle {
  treasury: string
  players: Player[]
}

export interface Player {
  customerId: number
  address: string
}

const FIRST_TELEGRAM_ID = 50_000_000

/** A treasury, and so many customers with a wallet. */
export default async function openRaffle(count: number): Promise<OpenRaffle> {
  const settings = await app.container.make(Settings)
  await transaction((trx) => settings.set(trx, gasDailyBudget, '5'))
  const house = await app.container.make(Treasury)
  const treasury = await house.wallet()
  const players: Player[] = []
  for (let i = 0; i < count; i++) players.push(await welcome(FIRST_TELEGRAM_ID + i))
  return { treasury: treasury.address, players }
}

async function welcome(telegramId: number): Promise<Player> {
  const register = await app.container.make(RegisterCustomer)
  const create = await app.container.make(CreateWallet)
  const { customer } = await register.handle({ telegramId, firstName: 'Player', languageTag: 'en' } as any)
  const wallet = await create.run({ customerId: customer.id, actor: SYSTEM_ACTOR })
  if (!wallet.ok) throw new Error(`Refused: ${wallet.refusal.code}`)
  return { customerId: customer.id, address: wallet.value.address }
}
