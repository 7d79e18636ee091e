import vine from '@vinejs/vine'

/** `at` as `<input type="datetime-local">` posts it, in the admin's time zone. */
export const scheduleValidator = vine.create({ at: vine.string().trim().maxLength(30) })
