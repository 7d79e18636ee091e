import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

export default class QueueWork extends BaseCommand {
  static commandName = 'queue:work'
  static description = 'Run jobs, schedules and the message sender until SIGTERM'
  static options: CommandOptions = { startApp: true, staysAlive: true }

  @flags.boolean({
    description: 'Run jobs (--no-jobs leaves them to other workers)',
    default: true,
    showNegatedVariantInHelp: true,
  })
  declare jobs: boolean

  @flags.boolean({ description: 'Send messages, or stand by to', default: true, showNegatedVariantInHelp: true })
  declare sender: boolean

  @flags.boolean({
    description: 'Run what is scheduled, or stand by to',
    default: true,
    showNegatedVariantInHelp: true,
  })
  declare schedules: boolean

  @flags.boolean({
    description: 'Do what is done all the time, such as sending transactions, or stand by to',
    default: true,
    showNegatedVariantInHelp: true,
  })
  declare duties: boolean

  @flags.number({ description: 'Jobs at a time' })
  declare concurrency?: number

  async run() {
    const { WorkerRuntime } = await import('#notifications/worker/worker_runtime')
    const router = await this.app.container.make('router')
    router.commit()
    await this.#serveMetrics()
    const runtime = await this.app.container.make(WorkerRuntime)
    this.app.terminating(() => runtime.stop())
    runtime.start({
      jobs: this.jobs,
      sender: this.sender,
      schedules: this.schedules,
      duties: this.duties,
      concurrency: this.concurrency,
    })
    this.logger.info('The worker runs; SIGTERM lets it finish what is in hand')
  }

  async #serveMetrics() {
    const { default: env } = await import('#start/env')
    const port = env.get('METRICS_PORT')
    if (!port) return
    const { MetricsServer } = await import('#system/metrics/metrics_server')
    const server = await this.app.container.make(MetricsServer)
    await server.start(env.get('HOST')!, port)
    this.app.terminating(() => server.stop())
  }
}
