import { inject } from '@adonisjs/core'
import { Audit, type Actor } from '#core/contracts/audit'
import { Settings } from '#core/contracts/settings'
import { Clock } from '#core/clock'
import { transaction, type Trx } from '#core/database/transaction'
import { newReference } from '#core/reference'
import { ok } from '#core/result'
import { DEFAULT_LANGUAGE } from '#customers/languages'
import { checkTitle } from '#broadcasts/content/check_input'
import Broadcast from '#broadcasts/models/broadcast'
import { refuseProblems } from '#broadcasts/problems'
import { quietFrom, quietHours, quietTo } from '#broadcasts/settings'

/** Opens an empty draft. Refuses with `problems`. */
@inject()
export class CreateBroadcast {
  constructor(
    private clock: Clock,
    private audit: Audit,
    private settings: Settings
  ) {}

  async handle(input: { title: string; actor: Actor }) {
    const problems = checkTitle(input.title)
    if (problems.length) return refuseProblems(problems)

    return transaction(async (trx) => {
      const broadcast = await Broadcast.create(await this.#draft(trx, input), { client: trx })
      await this.audit.record(trx, {
        actor: input.actor,
        action: 'broadcast.created',
        subjectType: 'broadcast',
        subjectId: broadcast.id,
        after: { title: broadcast.title },
      })
      return ok(await broadcast.refresh())
    })
  }

  async #draft(trx: Trx, { title, actor }: { title: string; actor: Actor }) {
    const now = this.clock.now()
    const quiet = await this.settings.getIn(trx, quietHours)
    return {
      reference: newReference(),
      title: title.trim(),
      status: 'draft' as const,
      category: 'announcements' as const,
      audience: { kind: 'all' as const },
      defaultLocale: DEFAULT_LANGUAGE,
      recurrence: 'none' as const,
      quietFrom: quiet ? await this.settings.getIn(trx, quietFrom) : null,
      quietTo: quiet ? await this.settings.getIn(trx, quietTo) : null,
      paid: false,
      version: 1,
      revision: 1,
      createdBy: actor.type === 'admin' ? actor.id : null,
      createdAt: now,
      updatedAt: now,
    }
  }
}
