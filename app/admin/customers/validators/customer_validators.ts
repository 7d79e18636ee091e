import vine from '@vinejs/vine'
import { BAN_REASON_MAX_LENGTH } from '#customers/actions/ban_customer'
import { TEXT_MAX_LENGTH } from '#notifications/actions/write_to_customer'

export const banValidator = vine.create({
  reason: vine.string().trim().minLength(1).maxLength(BAN_REASON_MAX_LENGTH),
})

export const messageValidator = vine.create({
  text: vine.string().trim().minLength(1).maxLength(TEXT_MAX_LENGTH),
})
