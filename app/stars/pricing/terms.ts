import type { Settings, SettingDefinition } from '#core/contracts/settings'
import type { Trx } from '#core/database/transaction'
import type { Money } from '#core/money/money'
import { parseMoney } from '#core/money/parse_money'
import {
  balancePurchases,
  basePrice,
  bonusFromBalance,
  fragmentMinimum,
  fulfilmentProvider,
  ownMaximum,
  ownMinimum,
  starsEnabled,
} from '#stars/settings'
import type { ProviderName } from '#stars/values'

/** What the operator has set for the shop as a whole. */
export interface ShopTerms {
  enabled: boolean
  balancePurchases: boolean
  bonusFromBalance: boolean
  /** TON for one Star. */
  base: Money
  ownMinimum: number
  ownMaximum: number
  provider: ProviderName
  fragmentMinimum: number
}

/** Inside a transaction the values are read there, since money depends on them. */
export async function readTerms(settings: Settings, trx?: Trx): Promise<ShopTerms> {
  const read = <T>(setting: SettingDefinition<T>) => (trx ? settings.getIn(trx, setting) : settings.get(setting))
  return {
    enabled: await read(starsEnabled),
    balancePurchases: await read(balancePurchases),
    bonusFromBalance: await read(bonusFromBalance),
    base: tonOf(await read(basePrice)),
    ownMinimum: await read(ownMinimum),
    ownMaximum: await read(ownMaximum),
    provider: (await read(fulfilmentProvider)) as ProviderName,
    fragmentMinimum: await read(fragmentMinimum),
  }
}

/** An amount of TON that a setting's check has admitted. */
export function tonOf(text: string): Money {
  const parsed = parseMoney(text, 'TON')
  if (!parsed.ok) throw new RangeError(`"${text}" is no amount of TON`)
  return parsed.value
}

/** Fragment delivers what it sells at once; the rest is for a person. */
export function providerFor(terms: Pick<ShopTerms, 'provider' | 'fragmentMinimum'>, delivered: number): ProviderName {
  return terms.provider === 'fragment' && delivered >= terms.fragmentMinimum ? 'fragment' : 'manual'
}
