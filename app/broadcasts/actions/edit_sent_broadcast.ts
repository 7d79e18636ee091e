import { inject } from '@adonisjs/core'
import { Approvals } from '#core/contracts/approvals'
import type { Actor } from '#core/contracts/audit'
import { Settings } from '#core/contracts/settings'
import { transaction } from '#core/database/transaction'
import { ok, refuse } from '#core/result'
import { readVariants } from '#broadcasts/content/read_variants'
import type { StoredVariant } from '#broadcasts/content/variant_set'
import type { VariantInput } from '#broadcasts/input'
import { APPROVAL_LIFE_MS } from '#broadcasts/lifecycle/approval'
import { EDIT_APPROVAL } from '#broadcasts/lifecycle/edit_approval'
import { Lifecycle } from '#broadcasts/lifecycle/lifecycle'
import { beginEdit, EDITABLE, editFault } from '#broadcasts/lifecycle/sent_edit'
import { refuseProblems } from '#broadcasts/problems'
import { approvalRequired } from '#broadcasts/settings'

export interface EditSentInput {
  broadcastId: number
  variants: VariantInput[]
  actor: Actor
}

type Correction = Pick<EditSentInput, 'broadcastId' | 'actor'> & { texts: StoredVariant[] }

/**
 * Changes what was sent in the recipients' chats, or asks a second admin to agree where one must: nothing that nobody
 * else has read replaces what was approved. Telegram can't make a photo of a text or the other way round. Refuses with
 * `broadcast_not_found`, `wrong_status`, `still_stopping`, `nothing_to_edit`, `content_missing`,
 * `image_added_or_removed`, `edit_needs_approval` or `problems`.
 */
@inject()
export class EditSentBroadcast {
  constructor(
    private lifecycle: Lifecycle,
    private settings: Settings,
    private approvals: Approvals
  ) {}

  async handle({ broadcastId, variants, actor }: EditSentInput) {
    const { variants: texts, problems } = readVariants(variants)
    if (problems.length) return refuseProblems(problems)

    const isFourEyes = await transaction((trx) => this.settings.getIn(trx, approvalRequired))
    const awaitsApproval = actor.type === 'admin' && isFourEyes
    const correction = { broadcastId, actor, texts }
    const result = awaitsApproval ? await this.#ask(correction) : await this.#edit(correction)
    return result.ok ? ok({ broadcast: result.value, awaitsApproval }) : result
  }

  #edit({ texts, ...step }: Correction) {
    return this.lifecycle.step({
      ...step,
      from: EDITABLE,
      action: 'broadcast.sent_edited',
      change: async (trx, broadcast, now) => {
        const isFourEyes = await this.settings.getIn(trx, approvalRequired)
        if (step.actor.type === 'admin' && isFourEyes) return refuse('edit_needs_approval')
        const fault = await editFault(trx, broadcast, texts, now)
        if (fault) return fault
        await beginEdit(trx, broadcast, texts, now)
      },
    })
  }

  #ask({ texts, ...step }: Correction) {
    return this.lifecycle.step({
      ...step,
      from: EDITABLE,
      action: 'broadcast.edit_requested',
      change: async (trx, broadcast, now) => {
        const fault = await editFault(trx, broadcast, texts, now)
        if (fault) return fault
        await this.approvals.request(trx, {
          action: EDIT_APPROVAL,
          subjectType: 'broadcast',
          subjectId: broadcast.id,
          payload: { version: broadcast.version, texts },
          requestedBy: step.actor.id!,
          expiresAt: now + APPROVAL_LIFE_MS,
        })
      },
    })
  }
}
