import vine from '@vinejs/vine'
import { APPROVAL_NOTE_MAX_LENGTH } from '#staff/actions/reject_request'

export const rejectionValidator = vine.create({
  note: vine.string().trim().maxLength(APPROVAL_NOTE_MAX_LENGTH).nullable().optional(),
})
