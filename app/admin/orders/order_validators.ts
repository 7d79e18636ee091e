import vine from '@vinejs/vine'
import { NOTE_MAX_LENGTH } from '#stars/values'

export const deliveryValidator = vine.create({ note: vine.string().trim().maxLength(NOTE_MAX_LENGTH).optional() })

export const orderRefundValidator = vine.create({
  reason: vine.string().trim().minLength(1).maxLength(NOTE_MAX_LENGTH),
})
