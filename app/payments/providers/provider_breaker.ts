import { ExponentialBackoff, handleWhen, retry, type RetryPolicy } from 'cockatiel'
import type { Clock } from '#core/clock'
import { Circuit, CircuitOpen } from '#system/circuits/circuit'
import { providerSeconds } from '#payments/watch/payment_counters'
import { isProviderFault, ProviderDown } from '#payments/providers/provider_errors'

const RETRIES = 2

export interface BreakerTimes {
  openMs?: number
  /** Between two tries, before jitter. */
  retryDelayMs?: number
}

/**
 * The circuit of one provider in this process, with what the panel and the metrics tell of it. Calls that are safe to
 * repeat are repeated with back-off and jitter.
 */
export class ProviderBreaker {
  readonly #circuit: Circuit
  readonly #retries: RetryPolicy
  #failures = 0
  openedAt: number | null = null
  lastOkAt: number | null = null
  lastError: { at: number; message: string } | null = null

  constructor(
    readonly name: string,
    private readonly clock: Clock,
    times: BreakerTimes = {}
  ) {
    this.#circuit = new Circuit(name, isProviderFault, {
      openMs: times.openMs,
      onOpen: () => (this.openedAt = this.clock.now()),
      onClose: () => (this.openedAt = null),
    })
    this.#retries = retry(handleWhen(isProviderFault), {
      maxAttempts: RETRIES,
      backoff: new ExponentialBackoff({ initialDelay: times.retryDelayMs ?? 250, maxDelay: 2000 }),
    })
  }

  get state() {
    return this.#circuit.state
  }

  get failures() {
    return this.#failures
  }

  /** Nothing would be asked now. */
  get isDown() {
    const isOver = this.openedAt !== null && this.clock.now() - this.openedAt >= this.#circuit.openMs
    return this.state === 'open' && !isOver
  }

  /** @throws ProviderDown without asking while it is open, else what the call throws. */
  async run<T>(call: () => Promise<T>, { repeatable }: { repeatable: boolean }): Promise<T> {
    const once = () => this.#circuit.run(() => this.#watched(call))
    try {
      return await (repeatable ? this.#retries.execute(once) : once())
    } catch (error) {
      if (error instanceof CircuitOpen) throw new ProviderDown(this.name)
      throw error
    }
  }

  /** Closed again, as if nothing had happened. */
  reset() {
    this.#failures = 0
    this.openedAt = null
    this.#circuit.reset()
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
