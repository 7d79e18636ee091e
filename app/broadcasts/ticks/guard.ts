import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import { Alerts } from '#core/contracts/alerts'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { PauseBroadcast } from '#broadcasts/actions/pause_broadcast'

const TROUBLES = {
  start: (id: number) => `Broadcast ${id} can't be started`,
  fan_out: (id: number) => `The rows of broadcast ${id} can't be written`,
  wind_up: (id: number) => `Broadcast ${id} can't be closed`,
}

/** A trouble that lasts that many tries in a row is the broadcast's own, not the database's bad moment. */
export const TRIES_BEFORE_PAUSE = 20

/**
 * Keeps the trouble of one broadcast from the others: admins are told, it is tried again, and one that is being sent
 * is paused when that does not help.
 */
@inject()
export class Guard {
  readonly #failures = new Map<string, number>()

  constructor(
    private alerts: Alerts,
    private logger: Logger,
    private pause: PauseBroadcast
  ) {}

  /** What the step answered; null when it failed. */
  async step<T>(name: keyof typeof TROUBLES, broadcastId: number, work: () => Promise<T>): Promise<T | null> {
    const fingerprint = `broadcast:${broadcastId}:${name}`
    try {
      const answer = await work()
      if (this.#failures.delete(fingerprint)) await this.alerts.resolve(fingerprint)
      return answer
    } catch (error) {
      this.logger.error({ err: error, broadcast: broadcastId, step: name }, 'A step of a broadcast failed')
      const failures = (this.#failures.get(fingerprint) ?? 0) + 1
      const reason = error instanceof Error ? error.message : String(error)
      const isPaused = failures >= TRIES_BEFORE_PAUSE && (await this.#pause(broadcastId, reason))
      this.#failures.set(fingerprint, isPaused ? 0 : failures)
      await this.alerts.raise({
        kind: 'broadcasts',
        severity: 'critical',
        fingerprint,
        title: `${TROUBLES[name](broadcastId)}; ${isPaused ? 'it was paused' : 'it is tried again'}`,
        details: {
          error: reason,
          next: isPaused ? 'See the log, then resume or cancel it' : 'See the log, or cancel it',
        },
      })
      return null
    }
  }

  /** The step for each of them, one after another; the trouble of one is not the others'. */
  async each(
    name: keyof typeof TROUBLES,
    broadcasts: Array<{ id: number }>,
    signal: AbortSignal,
    work: (id: number) => Promise<unknown>
  ) {
    for (const { id } of broadcasts) {
      if (signal.aborted) return
      await this.step(name, id, () => work(id))
    }
  }

  async #pause(broadcastId: number, reason: string): Promise<boolean> {
    try {
      const paused = await this.pause.handle({ broadcastId, actor: SYSTEM_ACTOR, reason })
      return paused.ok
    } catch (error) {
      this.logger.error({ err: error, broadcast: broadcastId }, 'A failing broadcast could not be paused')
      return false
    }
  }
}
