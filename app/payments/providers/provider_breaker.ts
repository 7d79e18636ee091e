import {
  BrokenCircuitError,
  CircuitState,
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleWhen,
  retry,
  type CircuitBreakerPolicy,
  type RetryPolicy,
} from 'cockatiel'
import type { Clock } from '#core/clock'
import { providerSeconds } from '#payments/watch/payment_counters'
import { isProviderFault, ProviderDown } from '#payments/providers/provider_errors'

export const BREAKER_STATES = ['closed', 'half_open', 'open'] as const
export type BreakerState = (typeof BREAKER_STATES)[number]

const FAILURES_TO_OPEN = 5
const OPEN_MS = 60_000
const PROBES = 3
const RETRIES = 2

export interface BreakerTimes {
  openMs?: number
  /** Between two tries, before jitter. */
  retryDelayMs?: number
}

const STATES: Record<number, BreakerState> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.HalfOpen]: 'half_open',
}

/**
 * Stands between us and one provider, in each process its own: after five failures in a row nothing is asked for a
 * minute, then three calls in a row must succeed. Calls that are safe to repeat are repeated with back-off and jitter.
 */
export class ProviderBreaker {
  #circuit!: CircuitBreakerPolicy
  readonly #retries: RetryPolicy
  #failures = 0
  openedAt: number | null = null
  lastOkAt: number | null = null
  lastError: { at: number; message: string } | null = null

  constructor(
    readonly name: string,
    private readonly clock: Clock,
    private readonly times: BreakerTimes = {}
  ) {
    this.#retries = retry(handleWhen(isProviderFault), {
      maxAttempts: RETRIES,
      backoff: new ExponentialBackoff({ initialDelay: times.retryDelayMs ?? 250, maxDelay: 2000 }),
    })
    this.reset()
  }

  get state(): BreakerState {
    return STATES[this.#circuit.state] ?? 'open'
  }

  get failures() {
    return this.#failures
  }

  /** Nothing would be asked now. */
  get isDown() {
    const isOver = this.openedAt !== null && this.clock.now() - this.openedAt >= (this.times.openMs ?? OPEN_MS)
    return this.state === 'open' && !isOver
  }

  /** @throws ProviderDown without asking while it is open, else what the call throws. */
  async run<T>(call: () => Promise<T>, { repeatable }: { repeatable: boolean }): Promise<T> {
    const once = () => this.#circuit.execute(() => this.#watched(call))
    try {
      return await (repeatable ? this.#retries.execute(once) : once())
    } catch (error) {
      if (error instanceof BrokenCircuitError) throw new ProviderDown(this.name)
      throw error
    }
  }

  /** Closed again, as if nothing had happened. */
  reset() {
    this.#failures = 0
    this.openedAt = null
    this.#circuit = circuitBreaker(handleWhen(isProviderFault), {
      halfOpenAfter: this.times.openMs ?? OPEN_MS,
      breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN),
      halfOpenSampling: { calls: PROBES, threshold: 0 },
    })
    this.#circuit.onBreak(() => (this.openedAt = this.clock.now()))
    this.#circuit.onReset(() => (this.openedAt = null))
  }

  async #watched<T>(call: () => Promise<T>): Promise<T> {
    const end = providerSeconds.startTimer({ provider: this.name })
    try {
      const answer = await call()
      this.#failures = 0
      this.lastOkAt = this.clock.now()
      end({ outcome: 'answered' })
      return answer
    } catch (error) {
      end({ outcome: isProviderFault(error) ? 'failed' : 'refused' })
      if (isProviderFault(error)) {
        this.#failures++
        this.lastError = { at: this.clock.now(), message: (error as Error).message.slice(0, 200) }
      }
      throw error
    }
  }
}
