import vine from '@vinejs/vine'

/** As long as an operation's detail. */
const NOTE_MAX_LENGTH = 300

export const giveUpValidator = vine.create({ note: vine.string().trim().minLength(1).maxLength(NOTE_MAX_LENGTH) })

export const rewindValidator = vine.create({ block: vine.number().withoutDecimals().min(0) })
