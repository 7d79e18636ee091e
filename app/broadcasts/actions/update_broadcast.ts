import { inject } from '@adonisjs/core'
import { Audit, type Actor } from '#core/contracts/audit'
import { SegmentSource } from '#core/contracts/segment_source'
import { Clock } from '#core/clock'
import { transaction } from '#core/database/transaction'
import { ok, refuse } from '#core/result'
import { checkInput } from '#broadcasts/content/check_input'
import { findMissingMedia } from '#broadcasts/content/missing_media'
import { readVariants } from '#broadcasts/content/read_variants'
import { replaceVariants } from '#broadcasts/content/replace_variants'
import { broadcastSnapshot } from '#broadcasts/content/snapshot'
import type { BroadcastInput } from '#broadcasts/input'
import Broadcast from '#broadcasts/models/broadcast'
import { refuseProblems } from '#broadcasts/problems'

export interface UpdateBroadcastInput extends BroadcastInput {
  broadcastId: number
  /** Revision the form was opened with: a save over somebody else's is refused. */
  revision: number
  actor: Actor
}

/** Saves a draft whole or, when anything in it is wrong, not at all. Refuses with `broadcast_not_found`, `not_a_draft`, `stale` or `problems`. */
@inject()
export class UpdateBroadcast {
  constructor(
    private clock: Clock,
    private audit: Audit,
    private segments: SegmentSource
  ) {}

  async handle(input: UpdateBroadcastInput) {
    return transaction(async (trx) => {
      const broadcast = await Broadcast.query({ client: trx }).where('id', input.broadcastId).forUpdate().first()
      if (!broadcast) return refuse('broadcast_not_found')
      if (broadcast.status !== 'draft') return refuse('not_a_draft')
      if (broadcast.revision !== input.revision) return refuse('stale')

      const content = readVariants(input.variants)
      const problems = [
        ...checkInput(input, this.segments),
        ...content.problems,
        ...(await findMissingMedia(trx, content.variants)),
      ]
      if (problems.length) return refuseProblems(problems)

      const before = await broadcastSnapshot(trx, broadcast)
      await broadcast.merge({ ...this.#columns(input), revision: broadcast.revision + 1 }).save()
      await replaceVariants(trx, broadcast, content.variants)
      await this.audit.record(trx, {
        actor: input.actor,
        action: 'broadcast.updated',
        subjectType: 'broadcast',
        subjectId: broadcast.id,
        before,
        after: await broadcastSnapshot(trx, broadcast),
      })
      return ok(broadcast)
    })
  }

  #columns(input: BroadcastInput) {
    return {
      title: input.title.trim(),
      category: input.category,
      audience: input.audience,
      defaultLocale: input.defaultLocale,
      quietFrom: input.quietHours?.from ?? null,
      quietTo: input.quietHours?.to ?? null,
      sendOnceKey: input.sendOnceKey,
      paid: input.paid,
      abShare: input.abShare,
      recurrence: input.recurrence,
      updatedAt: this.clock.now(),
    }
  }
}
