import { defineSetting, type Settings } from '#core/contracts/settings'
import type { Trx } from '#core/database/transaction'
import { Money } from '#core/money/money'
import { parseMoney } from '#core/money/parse_money'
import { GWEI, parseEther } from '#chain/wei'

const group = 'chain'
/** What guards money is not for everybody who edits settings. */
const permission = 'ledger.limits'

const onOff = (key: string, guarded: { permission?: string } = {}) =>
  defineSetting({ key, default: true, group, kind: 'boolean', ...guarded })

const usdt = (key: string, initial: string) =>
  defineSetting({
    key,
    default: initial,
    group,
    permission,
    kind: 'text',
    maxLength: 24,
    check: (text: string) => (parseMoney(text, 'USDT').ok ? null : `is no amount of USDT, such as ${initial}`),
  })

const ether = (key: string, initial: string) =>
  defineSetting({
    key,
    default: initial,
    group,
    permission,
    kind: 'text',
    maxLength: 30,
    check: (text: string) => (parseEther(text) === null ? `is no amount of ether, such as ${initial}` : null),
  })

/** Off: no new wallet, entry or withdrawal. What was begun goes on, and the chain is read. */
export const chainEnabled = onOff('chain.enabled')
/** Off: nothing is asked for, approved or handed to the sender. The system switches it off when books and chain part. */
export const withdrawalsEnabled = onOff('chain.withdrawals_enabled', { permission })

export const withdrawalMinimum = usdt('chain.withdrawal_minimum', '5')
/** For a customer, in any 24 hours. */
export const withdrawalDailyLimit = usdt('chain.withdrawal_daily_limit', '1000')
/** Of a customer, in any 24 hours, however small: the treasury pays for the gas of each. */
export const withdrawalsPerDay = defineSetting({
  key: 'chain.withdrawals_per_day',
  default: 5,
  group,
  permission,
  kind: 'integer',
  min: 1,
  max: 1_000,
})
/** Larger ones wait for an admin. */
export const withdrawalApprovalAbove = usdt('chain.withdrawal_approval_above', '200')

/** What the treasury may spend on gas in 24 hours: its own, and what it gives to wallets. */
export const gasDailyBudget = ether('chain.gas_daily_budget', '0.1')
export const treasuryLowBalance = ether('chain.treasury_low_balance', '0.05')

/** Gwei: no transaction offers more for a unit of gas. */
export const maxFeeGwei = defineSetting({
  key: 'chain.max_fee_gwei',
  default: 150,
  group,
  permission,
  kind: 'integer',
  min: 1,
  max: 100_000,
})

export const chainSettings = [
  chainEnabled,
  withdrawalsEnabled,
  withdrawalMinimum,
  withdrawalDailyLimit,
  withdrawalsPerDay,
  withdrawalApprovalAbove,
  gasDailyBudget,
  treasuryLowBalance,
  maxFeeGwei,
]

type UsdtSetting = typeof withdrawalMinimum

/** In the transaction that depends on it, or cached. */
export async function usdtSetting(settings: Settings, setting: UsdtSetting, trx?: Trx): Promise<Money> {
  const text = trx ? await settings.getIn(trx, setting) : await settings.get(setting)
  const amount = parseMoney(text, 'USDT')
  return amount.ok ? amount.value : Money.zero('USDT')
}

/** Wei. */
export async function etherSetting(settings: Settings, setting: UsdtSetting, trx?: Trx): Promise<bigint> {
  return parseEther(trx ? await settings.getIn(trx, setting) : await settings.get(setting)) ?? 0n
}

/** Wei per unit of gas that no transaction offers more than. */
export async function maxFee(settings: Settings): Promise<bigint> {
  return BigInt(await settings.get(maxFeeGwei)) * GWEI
}
