import vine from '@vinejs/vine'
import { REASON_MAX_LENGTH, REFUND_WAYS } from '#payments/values'

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

const MOST_HOURS = 24 * 30

export const rateValidator = vine.create({
  pair: vine.string().regex(/^[A-Z]{2,6}-[A-Z]{2,6}$/),
  rate: vine.string().trim().maxLength(40),
  hours: vine.number().withoutDecimals().min(1).max(MOST_HOURS),
  reason: reason(),
})

export const clearedRateValidator = vine.create({ pair: vine.string().regex(/^[A-Z]{2,6}-[A-Z]{2,6}$/) })
