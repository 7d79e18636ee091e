import vine from '@vinejs/vine'
import { REASON_MAX_LENGTH } from '#payments/values'

/** `paid` is not for people: the books say it themselves. */
const BY_PEOPLE = ['credit_received', 'honour', 'refund', 'dismiss'] as const

export const settlementValidator = vine.create({
  resolution: vine.enum(BY_PEOPLE),
  reason: vine.string().trim().minLength(1).maxLength(REASON_MAX_LENGTH),
  /** Whose money it is, where the payment does not say. */
  customerId: vine.number().withoutDecimals().positive().optional(),
  /** Where the provider sends it, if it must be told. */
  address: vine.string().trim().maxLength(120).optional(),
})
