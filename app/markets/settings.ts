import { defineSetting, type Settings } from '#core/contracts/settings'
import type { Trx } from '#core/database/transaction'
import type { Money } from '#core/money/money'
import { parseMoney } from '#core/money/parse_money'

const group = 'markets'
/** What guards the house's money is not for everybody who edits settings. */
const LIMITS = 'markets.limits'

const isPred = (text: string) => {
  const parsed = parseMoney(text, 'PRED')
  return parsed.ok && !parsed.value.isZero
}

const pred = (key: string, value: string, permission?: string) =>
  defineSetting({
    key,
    default: value,
    group,
    ...(permission && { permission }),
    kind: 'text',
    maxLength: 20,
    check: (text: string) => (isPred(text) ? null : `must be an amount of PRED above zero, such as ${value}`),
  })

/** Off: no new bets. What was bet is settled all the same. */
export const marketsEnabled = defineSetting({ key: 'markets.enabled', default: true, group, kind: 'boolean' })

export const minStake = pred('markets.min_stake', '1')

/** Of one bet, where the market says nothing else. */
export const maxStake = pred('markets.max_stake', '10000')

/** Of all open bets of a customer in one market. */
export const customerStake = pred('markets.customer_stake', '50000', LIMITS)

/** What the house may lose by the open bets of one customer. */
export const customerExposure = pred('markets.customer_exposure', '50000', LIMITS)

/** What the house may lose by one market, where it says nothing else. */
export const marketExposure = pred('markets.market_exposure', '50000', LIMITS)

/** What the house may lose by all open markets together. */
export const globalExposure = pred('markets.global_exposure', '200000', LIMITS)

/** Hundredths. */
export const maxOdds = defineSetting({
  key: 'markets.max_odds',
  default: 1000,
  group,
  permission: LIMITS,
  kind: 'integer',
  min: 101,
  max: 100_000,
})

/** By how much odds may have got worse since they were shown, in hundredths of a per cent. */
export const slippagePoints = defineSetting({
  key: 'markets.slippage_points',
  default: 100,
  group,
  kind: 'integer',
  min: 0,
  max: 5000,
})

/** Of a parimutuel pool, where the market says nothing else, in hundredths of a per cent. */
export const feePoints = defineSetting({
  key: 'markets.fee_points',
  default: 500,
  group,
  permission: LIMITS,
  kind: 'integer',
  min: 0,
  max: 5000,
})

/** Payouts and refunds above that sum need a second admin. */
export const settlementApprovalAbove = pred('markets.approval_above', '100000', LIMITS)

/** Within which a settlement may be reversed. */
export const reversalHours = defineSetting({
  key: 'markets.reversal_hours',
  default: 72,
  group,
  kind: 'integer',
  min: 0,
  max: 8760,
})

export const marketSettings = [
  ...[marketsEnabled, minStake, maxStake, customerStake, customerExposure, marketExposure, globalExposure, maxOdds],
  ...[slippagePoints, feePoints, settlementApprovalAbove, reversalHours],
]

type PredSetting = typeof minStake

/** @throws Error when what is stored is no amount, which the setting's own check forbids. */
export async function predIn(settings: Settings, trx: Trx, setting: PredSetting): Promise<Money> {
  return predOf(await settings.getIn(trx, setting), setting.key)
}

export async function predNow(settings: Settings, setting: PredSetting): Promise<Money> {
  return predOf(await settings.get(setting), setting.key)
}

export function predOf(text: string, key: string): Money {
  const parsed = parseMoney(text, 'PRED')
  if (!parsed.ok) throw new Error(`The setting ${key} is no amount of PRED`)
  return parsed.value
}
