import { defineSetting } from '#core/contracts/settings'
import { CURRENCIES, isCurrency } from '#core/money/currency'
import { DEFAULT_ASSET_CODES, type AssetCodes } from '#payments/providers/asset_codes'
import type { ProviderName } from '#payments/values'

const group = 'payments'

const onOff = (key: string) => defineSetting({ key, default: true, group, kind: 'boolean' })

/** Off: nothing new can be paid. What was begun is still taken, refunded and settled. */
export const paymentsEnabled = onOff('payments.enabled')
export const topUpEnabled = onOff('payments.top_up_enabled')

/** A way of paying is offered when it is configured and switched on here. */
export const waysEnabled: Record<ProviderName, ReturnType<typeof onOff>> = {
  crypto_pay: onOff('payments.crypto_pay_enabled'),
  heleket: onOff('payments.heleket_enabled'),
  telegram_stars: onOff('payments.telegram_stars_enabled'),
  balance: onOff('payments.balance_enabled'),
  sandbox: onOff('payments.sandbox_enabled'),
}

/** Whole TON. */
export const topUpMinimum = defineSetting({
  key: 'payments.top_up_minimum',
  default: 10,
  group,
  kind: 'integer',
  min: 1,
  max: 1_000_000,
})

export const topUpMaximum = defineSetting({
  key: 'payments.top_up_maximum',
  default: 10_000,
  group,
  kind: 'integer',
  min: 1,
  max: 1_000_000,
})

/** Whole TON, as buttons. */
export const topUpPresets = defineSetting<number[]>({
  key: 'payments.top_up_presets',
  default: [10, 50, 100, 500],
  group,
  kind: 'json',
  check: (value) =>
    Array.isArray(value) && value.length <= 8 && value.every((one) => Number.isSafeInteger(one) && one > 0)
      ? null
      : 'must list up to 8 whole sums, such as [10, 50, 100]',
})

/** A rate that is older is not used: what would need it is refused. */
export const rateMaxAgeMinutes = defineSetting({
  key: 'payments.rate_max_age_minutes',
  default: 60,
  group,
  kind: 'integer',
  min: 1,
  max: 10_080,
})

const assetCodes = (key: string) =>
  defineSetting<AssetCodes>({ key, default: DEFAULT_ASSET_CODES, group, kind: 'json', check: faultOfCodes })

/** The provider's names of our currencies, the one that we send first: `{"TON": ["TON", "GRAM"]}`. */
export const cryptoPayAssets = assetCodes('payments.crypto_pay_assets')
export const heleketAssets = assetCodes('payments.heleket_assets')

function faultOfCodes(value: AssetCodes): string | null {
  const isNames = (names: unknown) =>
    Array.isArray(names) && names.length > 0 && names.every((name) => /^[A-Z0-9_]{1,20}$/.test(name))
  const isMap = value !== null && typeof value === 'object' && !Array.isArray(value)
  return isMap && Object.entries(value).every(([code, names]) => isCurrency(code) && isNames(names))
    ? null
    : `must name assets for some of ${Object.keys(CURRENCIES).join(', ')}, such as {"TON": ["TON", "GRAM"]}`
}

export const paymentSettings = [
  paymentsEnabled,
  topUpEnabled,
  topUpMinimum,
  topUpMaximum,
  topUpPresets,
  ...Object.values(waysEnabled),
  rateMaxAgeMinutes,
  cryptoPayAssets,
  heleketAssets,
]
