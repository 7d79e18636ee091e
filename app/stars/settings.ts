import { defineSetting } from '#core/contracts/settings'
import { MAX_MINOR } from '#core/money/money'
import { parseMoney } from '#core/money/parse_money'
import { OWN_AMOUNT_MAX, OWN_AMOUNT_MIN, PACKAGE_MAX, PROVIDERS } from '#stars/values'

const group = 'stars'
/** The right over what Fragment's wallet pays. */
const PROVIDER = 'stars.provider'

/** Off: nothing new is sold; what was paid is delivered or refunded all the same. */
export const starsEnabled = defineSetting({ key: 'stars.enabled', default: true, group, kind: 'boolean' })

/** TON for one Star; times the largest package it must still be an amount. */
export const basePrice = defineSetting({
  key: 'stars.base_price',
  default: '1',
  group,
  kind: 'text',
  maxLength: 20,
  check: (text) => {
    const parsed = parseMoney(text, 'TON')
    if (!parsed.ok || parsed.value.isZero) return 'must be an amount of TON above zero, such as 1 or 0.015'
    return parsed.value.minor * BigInt(OWN_AMOUNT_MAX) > MAX_MINOR ? 'is too large' : null
  },
})

/** Least and most Stars of an amount that customers choose themselves. */
export const ownMinimum = defineSetting({
  key: 'stars.own_minimum',
  default: OWN_AMOUNT_MIN,
  group,
  kind: 'integer',
  min: OWN_AMOUNT_MIN,
  max: OWN_AMOUNT_MAX,
})
export const ownMaximum = defineSetting({
  key: 'stars.own_maximum',
  default: OWN_AMOUNT_MAX,
  group,
  kind: 'integer',
  min: OWN_AMOUNT_MIN,
  max: OWN_AMOUNT_MAX,
})

export const balancePurchases = defineSetting({
  key: 'stars.balance_purchases',
  default: true,
  group,
  kind: 'boolean',
})

/** A package bought from the balance gives its bonus too. */
export const bonusFromBalance = defineSetting({
  key: 'stars.bonus_from_balance',
  default: false,
  group,
  kind: 'boolean',
})

/** Admins hear of each paid order that waits for their hand. */
export const alertNewOrders = defineSetting({ key: 'stars.alert_new_orders', default: true, group, kind: 'boolean' })

/** Who delivers what is sold from now on. */
export const fulfilmentProvider = defineSetting({
  key: 'stars.provider',
  permission: PROVIDER,
  default: 'manual',
  group,
  kind: 'choice',
  choices: PROVIDERS,
})

/** Fragment sells no fewer at once: smaller orders are delivered by hand. */
export const fragmentMinimum = defineSetting({
  key: 'stars.fragment_minimum',
  default: 50,
  group,
  kind: 'integer',
  min: 1,
  max: PACKAGE_MAX,
})

const ton = (key: string, value: string) =>
  defineSetting({
    key,
    default: value,
    group,
    permission: PROVIDER,
    kind: 'text',
    maxLength: 20,
    check: (text: string) => (parseMoney(text, 'TON').ok ? null : 'must be an amount of TON, such as 25 or 0.5'),
  })

/** TON that the wallet may pay in a day of UTC. */
export const fragmentDailyBudget = ton('stars.fragment_daily_budget', '100')

/** Admins are told when the wallet holds less TON. */
export const fragmentLowBalance = ton('stars.fragment_low_balance', '5')

/** TON for one Star that is never exceeded, whatever Fragment's page asks. */
export const fragmentMaxPrice = ton('stars.fragment_max_price', '0.05')

/**
 * When a delivery counts as done: `fragment` as soon as Fragment itself says so (its answer is not documented), `chain`
 * as soon as the payment stands in the blockchain.
 */
export const fragmentConfirmation = defineSetting({
  key: 'stars.fragment_confirmation',
  permission: PROVIDER,
  default: 'fragment',
  group,
  kind: 'choice',
  choices: ['fragment', 'chain'],
})

export const starSettings = [
  starsEnabled,
  basePrice,
  ownMinimum,
  ownMaximum,
  balancePurchases,
  bonusFromBalance,
  alertNewOrders,
  fulfilmentProvider,
  fragmentMinimum,
  fragmentDailyBudget,
  fragmentLowBalance,
  fragmentMaxPrice,
  fragmentConfirmation,
]
