import app from '@adonisjs/core/services/app'
import { configProvider, inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import { QueueManager, tracingChannels, Worker } from '@adonisjs/queue'
import { Alerts } from '#core/contracts/alerts'
import { rest } from '#notifications/sender/bell'

const QUEUES = ['default']
const AFTER_FAILURE_MS = 1_000

/**
 * Runs jobs with the package's worker, but ends in the order that it needs: take no more, finish what runs, and only
 * then let the database go (the package's own command closes it while jobs still run).
 */
@inject()
export class JobWorker {
  constructor(
    private readonly logger: Logger,
    private readonly alerts: Alerts
  ) {}

  async run(signal: AbortSignal, concurrency?: number) {
    const worker = new Worker(await this.#config(concurrency))
    const watcher = { asyncEnd: (message: FinishedJob) => this.#watch(message) }
    tracingChannels.executeChannel.subscribe(watcher as any)
    const stop = () => void worker.stop()
    signal.addEventListener('abort', stop, { once: true })
    try {
      await QueueManager.loadJobs()
      while (!signal.aborted) await this.#work(worker, signal)
    } finally {
      await worker.stop()
      tracingChannels.executeChannel.unsubscribe(watcher as any)
      signal.removeEventListener('abort', stop)
    }
  }

  /** A job taken at the very moment of stopping runs on after `start` returned: the second `stop` waits for it. */
  async #work(worker: Worker, signal: AbortSignal) {
    try {
      await worker.start(QUEUES)
    } catch (error) {
      this.logger.error({ err: error }, 'The job worker failed and starts anew')
      await rest(AFTER_FAILURE_MS, signal)
    }
  }

  async #config(concurrency?: number) {
    const config = app.config.get<any>('queue')
    const adapters: Record<string, any> = {}
    for (const [name, adapter] of Object.entries(config.adapters)) {
      adapters[name] = (await configProvider.resolve(app, adapter)) ?? adapter
    }
    return {
      ...config,
      adapters,
      autoLoadJobs: false,
      logger: this.logger,
      internalOperationWrapper: (operation: () => Promise<any>) => this.#reported(operation),
      worker: { ...config.worker, gracefulShutdown: false, ...(concurrency ? { concurrency } : {}) },
    }
  }

  /** The package keeps failures of its own statements to itself. */
  async #reported<T>(operation: () => Promise<T>): Promise<T> {
    try {
      return await operation()
    } catch (error) {
      this.logger.error({ err: error }, 'A statement of the job queue failed')
      throw error
    }
  }

  #watch({ job, status, error }: FinishedJob) {
    if (status === 'retrying')
      this.logger.warn({ job: job.name, id: job.id, err: error }, 'A job failed and is retried')
    if (status !== 'failed') return
    this.logger.error({ job: job.name, id: job.id, err: error }, 'A job failed for good')
    void this.alerts.raise({
      kind: 'jobs',
      severity: 'warning',
      fingerprint: `job:${job.name}`,
      title: `The job ${job.name} failed for good`,
      details: {
        job: job.id,
        error: error?.message ?? 'unknown',
        next: 'See the log, repair the cause, retry the job',
      },
    })
  }
}

interface FinishedJob {
  job: { id: string; name: string }
  status?: 'completed' | 'failed' | 'retrying'
  error?: Error
}
