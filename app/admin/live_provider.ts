import type { ApplicationService } from '@adonisjs/core/types'
import { Clock } from '#core/clock'
import { ProgressFeed, progressChannel } from '#admin/broadcasts/live/progress_feed'

/**
 * Pages that are told of changes as they happen. A channel nobody opened here is closed to everybody, and open
 * streams are ended first when the process stops, or they would hold it.
 */
export default class LiveProvider {
  #feed: ProgressFeed | null = null

  constructor(protected app: ApplicationService) {}

  async start() {
    const transmit = await this.app.container.make('transmit')
    const logger = await this.app.container.make('logger')
    const clock = await this.app.container.make(Clock)

    transmit.authorize<{ reference: string }>(progressChannel(':reference'), ({ auth }) =>
      Boolean(auth.user?.may('broadcasts.view'))
    )
    transmit.authorize('*', () => false)

    const feed = new ProgressFeed(transmit, clock, (error) => logger.error({ err: error }, 'Live progress failed'))
    transmit.on('subscribe', ({ channel }) => feed.watch(channel))
    this.#feed = feed
  }

  /** Registered after the server's own hook, so that it runs before the server waits for its connections. */
  async ready() {
    if (!this.#feed) return
    const transmit = await this.app.container.make('transmit')
    this.app.terminating(() => {
      for (const [stream] of transmit.getManager().getAllSubscribers()) stream.end()
    })
  }

  async shutdown() {
    this.#feed?.stop()
  }
}
