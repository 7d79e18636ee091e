import { TRANSFER_KINDS } from '#ledger/transfer_kinds'
import { defineCallback } from '#bot/callback_data/define_callback'
import { choice, id, text } from '#bot/callback_data/fields'

/** Of all kinds of movements, or of one. */
const kind = choice(['all', ...TRANSFER_KINDS])

/** Where a page begins: after that entry (`o12`, older) or before it (`n12`, newer); empty for the first page. */
const place = text(/^(?:[on]\d{1,15})?$/)

export const historyData = defineCallback('history')
export const historyKindsData = defineCallback('history_kinds')
export const historyPageData = defineCallback('history_page', { kind, place })
export const historyEntryData = defineCallback('history_entry', { entry: id, kind, place })
