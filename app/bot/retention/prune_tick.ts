import type { ContainerResolver } from '@adonisjs/core/container'
import { Clock } from '#core/clock'
import { Settings } from '#core/contracts/settings'
import type { Tick } from '#core/contracts/ticks'
import { updateRetentionDays } from '#bot/bot_settings'
import { AnswerStore } from '#bot/answers/answer_store'
import { UpdateStore } from '#bot/inbox/update_store'
import { SessionStore } from '#bot/sessions/session_store'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const SESSION_DAYS = 90

/** Nobody waits for an answer for longer. */
const ANSWER_DAYS = 1

/** Small enough for SQLite to serve people in between. */
const BATCH = 500

/** Forgets processed updates, conversations that nobody will go on with and answers that came to nothing. */
export function pruneTick(container: Pick<ContainerResolver<any>, 'make'>): Tick {
  return {
    name: 'bot.prune',
    everyMs: HOUR_MS,
    async run(signal) {
      const [clock, settings] = [await container.make(Clock), await container.make(Settings)]
      const [updates, sessions] = [await container.make(UpdateStore), new SessionStore(clock)]
      const answers = new AnswerStore(updates.botId, clock)
      const updatesBefore = clock.now() - (await settings.get(updateRetentionDays)) * DAY_MS
      await inBatches(signal, () => updates.prune(updatesBefore, BATCH))
      await inBatches(signal, () => answers.prune(clock.now() - ANSWER_DAYS * DAY_MS, BATCH))
      await inBatches(signal, () => sessions.prune(clock.now() - SESSION_DAYS * DAY_MS, BATCH))
    },
  }
}

async function inBatches(signal: AbortSignal, remove: () => Promise<number>) {
  while (!signal.aborted && (await remove()) === BATCH) await new Promise(setImmediate)
}
