import vine from '@vinejs/vine'
import { PACKAGE_MAX, PRICE_CURRENCIES } from '#stars/values'

const amount = () => vine.string().trim().maxLength(40).optional()

/** `YYYY-MM-DDTHH:MM` in the admin's time zone; empty for no limit. */
const moment = () =>
  vine
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/)
    .optional()

const fields = {
  stars: vine.number().withoutDecimals().min(1).max(PACKAGE_MAX),
  bonus: vine.number().withoutDecimals().min(0).max(PACKAGE_MAX),
  isActive: vine.accepted().optional(),
  availableFrom: moment(),
  availableUntil: moment(),
}

export const packageValidator = vine.create({ ...fields, TON: amount(), USDT: amount(), USD: amount() })

export const packageUpdateValidator = vine.create({ ...fields, revision: vine.number() })

export const priceValidator = vine.create({
  currency: vine.enum(PRICE_CURRENCIES),
  /** Empty: from then on it follows the price in TON. */
  price: amount(),
  validFrom: moment(),
})

export const moveValidator = vine.create({ direction: vine.enum(['up', 'down'] as const) })
