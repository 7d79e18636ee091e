import type { Trx } from '#core/database/transaction'
import { refuse } from '#core/result'
import { findMissingMedia } from '#broadcasts/content/missing_media'
import { replaceVariants } from '#broadcasts/content/replace_variants'
import { VariantSet, type StoredVariant } from '#broadcasts/content/variant_set'
import { hasSentMessages } from '#broadcasts/fan_out/sent_messages'
import { beginRun, hasOpenRows } from '#broadcasts/lifecycle/runs'
import type Broadcast from '#broadcasts/models/broadcast'
import { refuseProblems } from '#broadcasts/problems'
import type { BroadcastStatus } from '#broadcasts/values'

/** States in which all has been sent that will be. */
export const EDITABLE: readonly BroadcastStatus[] = ['completed', 'cancelled']

/**
 * Why these texts can't take the place of those that were sent; null when they can. Refuses with `problems`,
 * `still_stopping`, `nothing_to_edit`, `content_missing` or `image_added_or_removed`.
 */
export async function editFault(trx: Trx, broadcast: Broadcast, variants: StoredVariant[], now: number) {
  const missing = await findMissingMedia(trx, variants)
  if (missing.length) return refuseProblems(missing)
  if (await hasOpenRows(trx, broadcast.id)) return refuse('still_stopping')
  if (!(await hasSentMessages(trx, broadcast.id, 'edit', now))) return refuse('nothing_to_edit')
  const edited = new VariantSet(broadcast.defaultLocale, variants, broadcast.isTest)
  if (!edited.isComplete) return refuse('content_missing')
  const sent = await VariantSet.load(trx, broadcast)
  return sent.hasImagesLike(edited) ? null : refuse('image_added_or_removed')
}

/** The new texts are a new version, frozen like the first; a run brings them to the chats. */
export async function beginEdit(trx: Trx, broadcast: Broadcast, variants: StoredVariant[], now: number) {
  await broadcast.merge({ version: broadcast.version + 1 }).save()
  await replaceVariants(trx, broadcast, variants)
  await beginRun(trx, broadcast, 'edit', now)
}
