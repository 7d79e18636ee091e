import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import type { Trx } from '#core/database/transaction'
import type { MissionEvent } from '#markets/missions/conditions'
import { CompletionNotices } from '#markets/missions/completion_notices'
import { moveProgress, reopenProgress, type MissionMoment } from '#markets/missions/progress_rows'

/** Keeps customers' progress as things happen, in the transaction of what happened; their rows of bettors exist. */
@inject()
export class Missions {
  constructor(
    private clock: Clock,
    private notices: CompletionNotices
  ) {}

  /** One row a customer at most. Whoever completes a mission by it is told. */
  async follow(trx: Trx, event: MissionEvent, moments: readonly MissionMoment[]) {
    const now = this.clock.now()
    const completed = await moveProgress(trx, event, moments, now)
    if (completed.length > 0) await this.notices.write(trx, completed, now)
  }

  /** What such an event said was not so: complete missions that nobody claimed count anew. */
  async takeBack(trx: Trx, event: MissionEvent, moments: readonly MissionMoment[]) {
    await reopenProgress(trx, event, moments, this.clock.now())
    await this.follow(trx, event, moments)
  }
}
