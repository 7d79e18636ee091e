import vine from '@vinejs/vine'
import { PRICING_MODES } from '#markets/values'

const text = (max: number) => vine.string().trim().maxLength(max).optional()

/** What a market may hold is for its action to judge: here only what a form may post at all. */
const fields = {
  title: text(1000),
  description: text(5000),
  categoryId: vine.number().withoutDecimals().positive(),
  /** `YYYY-MM-DDTHH:MM` in the admin's time zone. */
  endsAt: text(40),
  pricing: vine.enum(PRICING_MODES),
  isPromoted: vine.accepted().optional(),
  imageKey: text(120),
  removeImage: vine.accepted().optional(),
  maxStake: text(40),
  exposureLimit: text(40),
  /** In per cent, two decimals at most. */
  fee: text(10),
}

export const marketValidator = vine.create(fields)

export const marketUpdateValidator = vine.create({ ...fields, revision: vine.number() })

export const revisionValidator = vine.create({ revision: vine.number() })

export const categoryValidator = vine.create({ emoji: text(40), en: text(200), ru: text(200), uk: text(200) })

export const moveValidator = vine.create({ direction: vine.enum(['up', 'down'] as const) })
