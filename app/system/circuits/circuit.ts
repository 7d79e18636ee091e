import {
  BrokenCircuitError,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  handleWhen,
  type CircuitBreakerPolicy,
} from 'cockatiel'

const FAILURES_TO_OPEN = 5
const OPEN_MS = 60_000
const PROBES = 3

export const CIRCUIT_STATES = ['closed', 'half_open', 'open'] as const
export type CircuitStateName = (typeof CIRCUIT_STATES)[number]

const NAMES: Record<number, CircuitStateName> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.HalfOpen]: 'half_open',
}

export interface CircuitOptions {
  /** How long nothing is asked. */
  openMs?: number
  onOpen?: () => void
  onClose?: () => void
}

/** Nothing is asked for a while, after too many failures in a row. */
export class CircuitOpen extends Error {
  constructor(readonly service: string) {
    super(`${service} has failed too often: it is left alone for a while`)
  }
}

/**
 * Stands between this process and an outside service: after five faults in a row nothing is asked for a minute, then
 * three calls must succeed. What is no fault of the service (a refusal, say) passes through and counts as an answer.
 */
export class Circuit {
  #policy!: CircuitBreakerPolicy

  constructor(
    readonly service: string,
    private readonly isFault: (error: unknown) => boolean,
    private readonly options: CircuitOptions = {}
  ) {
    this.reset()
  }

  get openMs() {
    return this.options.openMs ?? OPEN_MS
  }

  /** Closed again, as if nothing had happened. */
  reset() {
    this.#policy = circuitBreaker(handleWhen(this.isFault), {
      halfOpenAfter: this.openMs,
      breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN),
      halfOpenSampling: { calls: PROBES, threshold: 0 },
    })
    this.#policy.onBreak(() => this.options.onOpen?.())
    this.#policy.onReset(() => this.options.onClose?.())
  }

  get state(): CircuitStateName {
    return NAMES[this.#policy.state] ?? 'open'
  }

  /** @throws CircuitOpen without asking while it is open, else what the call throws. */
  async run<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await this.#policy.execute(call)
    } catch (error) {
      if (error instanceof BrokenCircuitError) throw new CircuitOpen(this.service)
      throw error
    }
  }
}
