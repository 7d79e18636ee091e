import vine from '@vinejs/vine'
import { OUTCOMES } from '#markets/values'

/** What a decision may say is for its action to judge: here only what a form may post at all. */
const text = (max: number) => vine.string().trim().maxLength(max).optional()

export const closingValidator = vine.create({ reason: text(5000) })

/** `expected`: what the preview showed. */
export const decisionValidator = vine.create({ note: text(5000), expected: vine.string().maxLength(100) })

export const resolutionValidator = vine.create({
  result: vine.enum(OUTCOMES),
  evidenceUrl: text(2000),
  note: text(5000),
  confirmEarly: vine.accepted().optional(),
  expected: vine.string().maxLength(100),
})
