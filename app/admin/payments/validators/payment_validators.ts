import vine from '@vinejs/vine'
import { errors } from '@adonisjs/core/http'
import { CURRENCIES, type Currency } from '#core/money/currency'
import { PROVIDER_NAMES, REASON_MAX_LENGTH, REFUND_WAYS, type ProviderName } from '#payments/values'

const reason = () => vine.string().trim().minLength(1).maxLength(REASON_MAX_LENGTH)

export const refundValidator = vine.create({
  way: vine.enum(REFUND_WAYS),
  reason: reason(),
  address: vine.string().trim().maxLength(120).optional(),
})

export const refundOutcomeValidator = vine.create({
  outcome: vine.enum(['sent', 'not_sent'] as const),
  reason: reason(),
})

const CURRENCY_CODES = Object.keys(CURRENCIES) as Currency[]

const pair = { base: vine.enum(CURRENCY_CODES), quote: vine.enum(CURRENCY_CODES) }

export const rateValidator = vine.create({
  ...pair,
  rate: vine.string().trim().maxLength(40),
  hours: vine.number(),
  reason: reason(),
})

export const pairValidator = vine.create(pair)

export const switchValidator = vine.create({ to: vine.enum(['on', 'off'] as const) })

/** The provider that a path names; any other is not found. */
export function providerParam(name: string): ProviderName {
  const provider = PROVIDER_NAMES.find((known) => known === name)
  if (!provider) throw new errors.E_ROUTE_NOT_FOUND(['POST', name])
  return provider
}
