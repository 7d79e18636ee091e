import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import { Duties, type Duty } from '#core/contracts/duties'
import { ProcessJournal } from '#core/contracts/process_journal'
import { rest } from '#notifications/sender/bell'
import { senderFigures } from '#notifications/sender/figures'
import { Sender } from '#notifications/sender/sender'
import { JobWorker } from '#notifications/worker/job_worker'
import { TickRunner } from '#notifications/worker/tick_runner'

const AFTER_FAILURE_MS = 1_000

export interface WorkerParts {
  jobs: boolean
  sender: boolean
  schedules: boolean
  /** What rooms do all the time. */
  duties: boolean
  /** Jobs at a time. */
  concurrency?: number
}

/** What `queue:work` runs, in a process of its own or embedded in the web process. */
@inject()
export class WorkerRuntime {
  readonly #stop = new AbortController()
  #running: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly jobWorker: JobWorker,
    private readonly sender: Sender,
    private readonly tickRunner: TickRunner,
    private readonly duties: Duties,
    private readonly journal: ProcessJournal,
    private readonly logger: Logger
  ) {}

  start({ jobs, sender, schedules, duties, concurrency }: WorkerParts) {
    const { signal } = this.#stop
    const parts: Array<Promise<void>> = []
    if (jobs) parts.push(this.jobWorker.run(signal, concurrency))
    if (sender) parts.push(this.sender.run(signal))
    if (schedules) parts.push(this.tickRunner.run(signal))
    if (duties) parts.push(...this.duties.all().map((duty) => this.#onDuty(duty, signal)))
    void this.#announce({ worker: jobs, sender, schedules })
    this.#running = Promise.allSettled(parts.map((part) => this.#reported(part)))
  }

  /** Takes nothing more, finishes what is in hand, releases the leases. */
  async stop() {
    this.#stop.abort()
    await this.#running
  }

  /** The health page shows who works where. */
  async #announce(roles: Record<string, boolean>) {
    if (roles.sender) this.journal.publish('sender', () => senderFigures.read())
    for (const [role, isPlayed] of Object.entries(roles)) if (isPlayed) await this.journal.enter(role)
  }

  /** A duty that fails is begun anew. */
  async #onDuty(duty: Duty, signal: AbortSignal) {
    while (!signal.aborted) {
      try {
        return await duty.run(signal)
      } catch (error) {
        this.logger.error({ err: error, duty: duty.name }, 'A duty failed and starts anew')
        await rest(AFTER_FAILURE_MS, signal)
      }
    }
  }

  async #reported(part: Promise<void>) {
    try {
      await part
    } catch (error) {
      this.logger.fatal({ err: error }, 'A part of the worker ended; restart the process')
    }
  }
}
