import { inject } from '@adonisjs/core'
import type { Actor } from '#core/contracts/audit'
import { Settings } from '#core/contracts/settings'
import { refuse } from '#core/result'
import { findMissingMedia } from '#broadcasts/content/missing_media'
import { readVariants } from '#broadcasts/content/read_variants'
import { replaceVariants } from '#broadcasts/content/replace_variants'
import { VariantSet } from '#broadcasts/content/variant_set'
import { hasSentMessages } from '#broadcasts/fan_out/sent_messages'
import type { VariantInput } from '#broadcasts/input'
import { Lifecycle } from '#broadcasts/lifecycle/lifecycle'
import { beginRun, hasOpenRows } from '#broadcasts/lifecycle/runs'
import { refuseProblems } from '#broadcasts/problems'
import { approvalRequired } from '#broadcasts/settings'

export interface EditSentInput {
  broadcastId: number
  variants: VariantInput[]
  actor: Actor
}

/**
 * Changes what was sent in the recipients' chats: the new texts are a new version, frozen like the first. Telegram
 * can't make a photo of a text or the other way round. Where a second admin must agree to what is sent, nothing that
 * nobody else has read replaces it. Refuses with `broadcast_not_found`, `wrong_status`,
 * `still_stopping`, `nothing_to_edit`, `content_missing`, `image_added_or_removed`,
 * `edit_needs_approval` or `problems`.
 */
@inject()
export class EditSentBroadcast {
  constructor(
    private lifecycle: Lifecycle,
    private settings: Settings
  ) {}

  async handle({ broadcastId, variants: inputs, actor }: EditSentInput) {
    const { variants, problems } = readVariants(inputs)
    if (problems.length) return refuseProblems(problems)

    return this.lifecycle.step({
      broadcastId,
      actor,
      from: ['completed', 'cancelled'],
      action: 'broadcast.sent_edited',
      change: async (trx, broadcast, now) => {
        if (await this.settings.getIn(trx, approvalRequired)) return refuse('edit_needs_approval')
        const missing = await findMissingMedia(trx, variants)
        if (missing.length) return refuseProblems(missing)
        if (await hasOpenRows(trx, broadcast.id)) return refuse('still_stopping')
        if (!(await hasSentMessages(trx, broadcast.id, 'edit', now))) return refuse('nothing_to_edit')
        const edited = new VariantSet(broadcast.defaultLocale, variants, broadcast.isTest)
        if (!edited.isComplete) return refuse('content_missing')
        const sent = await VariantSet.load(trx, broadcast)
        if (!sent.hasImagesLike(edited)) return refuse('image_added_or_removed')

        await broadcast.merge({ version: broadcast.version + 1 }).save()
        await replaceVariants(trx, broadcast, variants)
        await beginRun(trx, broadcast, 'edit', now)
      },
    })
  }
}
