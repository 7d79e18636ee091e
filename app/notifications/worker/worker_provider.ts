import env from '#start/env'
import type { ApplicationService } from '@adonisjs/core/types'

/** On one small machine the web process is also the worker: EMBEDDED_WORKER, by default with SQLite only. */
export default class WorkerProvider {
  constructor(protected app: ApplicationService) {}

  async ready() {
    if (this.app.getEnvironment() !== 'web' || this.app.getMode() !== 'run' || !isEmbedded()) return
    const { WorkerRuntime } = await import('#notifications/worker/worker_runtime')
    const runtime = await this.app.container.make(WorkerRuntime)
    this.app.terminating(() => runtime.stop())
    runtime.start({ jobs: true, sender: true, schedules: true, duties: true })
  }
}

const isEmbedded = () => env.get('EMBEDDED_WORKER') ?? !env.get('DATABASE_URL')
