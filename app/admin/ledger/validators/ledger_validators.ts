import vine from '@vinejs/vine'
import { CURRENCIES, type Currency } from '#core/money/currency'
import { ADJUSTABLE, REASON_MAX_LENGTH } from '#ledger/adjustments/adjustment'

const reason = () => vine.string().trim().minLength(1).maxLength(REASON_MAX_LENGTH)

export const reversalValidator = vine.create({ reason: reason() })

export const adjustmentValidator = vine.create({
  /** Made with the form. */
  reference: vine.string().regex(/^[0-9A-HJKMNP-TV-Z]{10}$/),
  customer: vine.string().trim().minLength(1).maxLength(64),
  direction: vine.enum(['add', 'take'] as const),
  account: vine.enum(ADJUSTABLE),
  currency: vine.enum(Object.keys(CURRENCIES) as Currency[]),
  amount: vine.string().trim().minLength(1).maxLength(40),
  reason: reason(),
})
