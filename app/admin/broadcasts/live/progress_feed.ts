import type { Transmit } from '@boringnode/transmit'
import type { HttpContext } from '@adonisjs/core/http'
import type { Clock } from '#core/clock'
import Broadcast from '#broadcasts/models/broadcast'
import { ProgressQuery } from '#broadcasts/queries/progress_query'
import { liveProgress, tallyOf } from '#admin/broadcasts/live/live_progress'
import { RateMeter } from '#admin/broadcasts/live/rate_meter'

const PREFIX = 'broadcasts/'
const EVERY_MS = 1000

export const progressChannel = (reference: string) => PREFIX + reference

/**
 * Tells the pages that watch a broadcast how far it has got. Counters are read once a second, and only while somebody
 * watches here: processes have no bus between them, and each serves its own watchers.
 */
export class ProgressFeed {
  readonly #progress = new ProgressQuery()
  readonly #meters = new Map<string, RateMeter>()
  readonly #told = new Map<string, string>()
  #timer: NodeJS.Timeout | null = null

  constructor(
    private readonly transmit: Transmit<HttpContext>,
    private readonly clock: Clock,
    private readonly onError: (error: unknown) => void
  ) {}

  /** A page has begun to watch. */
  watch(channel: string) {
    if (!channel.startsWith(PREFIX)) return
    this.#told.delete(channel)
    this.#meters.set(channel, this.#meters.get(channel) ?? new RateMeter())
    this.#timer ??= setInterval(() => this.tick().catch(this.onError), EVERY_MS).unref()
  }

  stop() {
    if (this.#timer) clearInterval(this.#timer)
    this.#timer = null
    this.#meters.clear()
    this.#told.clear()
  }

  async tick() {
    for (const [channel, meter] of this.#meters) {
      if (this.transmit.getSubscribersFor(channel).length === 0) this.#forget(channel)
      else await this.#tell(channel, meter)
    }
    if (this.#meters.size === 0) this.stop()
  }

  async #tell(channel: string, meter: RateMeter) {
    const broadcast = await Broadcast.findBy('reference', channel.slice(PREFIX.length))
    const progress = broadcast && (await this.#progress.handle(broadcast.id))
    if (!progress) return this.#forget(channel)
    const now = this.clock.now()
    const { written, open } = tallyOf(progress)
    const rate = meter.measure(written - open, now)
    const news = liveProgress(progress, { broadcast, now, rate })
    const text = JSON.stringify(news)
    if (this.#told.get(channel) === text) return
    this.#told.set(channel, text)
    this.transmit.broadcast(channel, news as any)
  }

  #forget(channel: string) {
    this.#meters.delete(channel)
    this.#told.delete(channel)
  }
}
