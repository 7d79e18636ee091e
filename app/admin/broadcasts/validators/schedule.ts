import vine from '@vinejs/vine'

const MODES = ['now', 'moment', 'local'] as const

/** What the review confirms. */
export const scheduleValidator = vine.create({
  mode: vine.enum(MODES),
  local: vine
    .string()
    .maxLength(30)
    .nullable()
    .optional()
    .transform((value) => value ?? null),
  revision: vine.number().withoutDecimals().positive(),
})
