import env from '#start/env'
import type { ApplicationService } from '@adonisjs/core/types'
import { Clock } from '#core/clock'
import { ErrorReporter } from '#core/contracts/error_reporter'
import { KeyWrapper } from '#core/contracts/key_wrapper'
import { ProcessJournal } from '#core/contracts/process_journal'
import { Settings } from '#core/contracts/settings'
import { ErrorMonitor } from '#system/errors/error_monitor'
import { Heartbeat } from '#system/processes/heartbeat'

/** How long open requests may take after SIGTERM. */
const GOODBYE_MS = 10_000

export default class SystemProvider {
  constructor(protected app: ApplicationService) {}

  register() {
    const { container } = this.app
    container.singleton(Settings, async (resolver) => {
      const { DatabaseSettings } = await import('#system/settings/database_settings')
      return resolver.make(DatabaseSettings)
    })
    container.singleton(KeyWrapper, async () => {
      const { EncryptionKeyWrapper } = await import('#system/keys/encryption_key_wrapper')
      const previous = env.get('APP_KEY_PREVIOUS')
      return new EncryptionKeyWrapper(previous ? [env.get('APP_KEY'), previous] : [env.get('APP_KEY')])
    })
    container.singleton(Heartbeat, async (resolver) => {
      return new Heartbeat(await resolver.make(Clock), await resolver.make('logger'))
    })
    container.singleton(ProcessJournal, (resolver) => resolver.make(Heartbeat))
    container.singleton(ErrorReporter, (resolver) => resolver.make(ErrorMonitor))
  }

  /** The process has a life of its own from here on: it tells of itself, and the web process watches the others. */
  async ready() {
    if (this.app.getEnvironment() !== 'web' || this.app.getMode() !== 'run') return
    const journal = await this.app.container.make(ProcessJournal)
    await journal.enter('web')
    await this.#limitGoodbyes()
  }

  async shutdown() {
    const heartbeat = await this.app.container.make(Heartbeat)
    await heartbeat.leave()
  }

  /** Requests in hand are answered; a connection that says nothing, or never ends, must not hold up the end. */
  async #limitGoodbyes() {
    const server = await this.app.container.make('server')
    this.app.terminating(() => {
      const node = server.getNodeServer()
      if (!node) return
      node.closeIdleConnections()
      setTimeout(() => node.closeAllConnections(), GOODBYE_MS).unref()
    })
  }
}
