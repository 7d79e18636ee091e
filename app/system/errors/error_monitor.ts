import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import { Clock } from '#core/clock'
import { Alerts } from '#core/contracts/alerts'
import { ErrorReporter, type ErrorCategory } from '#core/contracts/error_reporter'
import { errorsTotal } from '#system/metrics/app_metrics'

const WINDOW_MS = 60_000
const MANY = 10
const FINGERPRINT = 'errors:rate'
/** An alert costs a transaction: not one for each of a thousand errors. */
const RAISE_EVERY_MS = 10_000
const SETTLE_EVERY_MS = 15_000

/** Logs and counts errors; more than ten within a minute in one process are an alert. */
@inject()
export class ErrorMonitor extends ErrorReporter {
  readonly #recent: number[] = []
  #raisedAt = Number.NEGATIVE_INFINITY
  #settling?: NodeJS.Timeout

  constructor(
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly alerts: Alerts
  ) {
    super()
  }

  report(error: unknown, category: ErrorCategory, context: Record<string, unknown> = {}) {
    const message = error instanceof Error ? error.message : String(error)
    this.logger[category === 'user' ? 'info' : 'error']({ err: error, category, ...context }, message)
    this.count(category)
  }

  count(category: ErrorCategory) {
    errorsTotal.inc({ category })
    if (category === 'user') return
    const now = this.clock.now()
    this.#forgetOld(now)
    this.#recent.push(now)
    if (this.#recent.length > MANY) void this.#raise(now)
  }

  /** Tells that the errors have become few again; until they have, it looks again later. */
  async settle() {
    this.#forgetOld(this.clock.now())
    const isOver = this.#recent.length <= MANY && (await this.alerts.resolve(FINGERPRINT, { quietForMs: WINDOW_MS }))
    if (!isOver) this.#settleLater()
  }

  #settleLater() {
    clearTimeout(this.#settling)
    this.#settling = setTimeout(() => this.settle(), SETTLE_EVERY_MS).unref()
  }

  #forgetOld(now: number) {
    while (this.#recent.length && now - this.#recent[0] >= WINDOW_MS) this.#recent.shift()
  }

  async #raise(now: number) {
    if (now - this.#raisedAt < RAISE_EVERY_MS) return
    this.#raisedAt = now
    this.#settleLater()
    await this.alerts.raise({
      kind: 'errors',
      severity: 'warning',
      fingerprint: FINGERPRINT,
      title: `${this.#recent.length} errors within a minute`,
      details: { 'what to do': 'look into the log; the health page shows what is broken' },
    })
  }
}
