import { BrokenCircuitError, circuitBreaker, CircuitState, ConsecutiveBreaker, handleWhen } from 'cockatiel'
import { FragmentApi } from '#stars/fulfilment/fragment/fragment_api'
import { FragmentClient } from '#stars/fulfilment/fragment/fragment_client'
import { FragmentDown, FragmentSessionExpired, FragmentUnavailable } from '#stars/fulfilment/fragment/fragment_errors'
import type { FragmentSessions } from '#stars/fulfilment/fragment/fragment_sessions'

const FAILURES_TO_OPEN = 5
const OPEN_MS = 60_000
const PROBES = 3

export const BREAKER_STATES = ['closed', 'half_open', 'open'] as const
export type BreakerState = (typeof BREAKER_STATES)[number]

/** No session is stored, or the one there is has expired. */
export class NoSession extends Error {}

/**
 * The way to Fragment: with the stored session, behind a circuit breaker of this process. What Fragment says about
 * the session is written down at once.
 */
export class FragmentGateway {
  readonly #breaker = circuitBreaker(
    handleWhen((error) => error instanceof FragmentUnavailable),
    {
      halfOpenAfter: OPEN_MS,
      breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN),
      halfOpenSampling: { calls: PROBES, threshold: 0 },
    }
  )

  constructor(
    private readonly url: string,
    private readonly sessions: FragmentSessions
  ) {}

  get breakerState(): BreakerState {
    if (this.#breaker.state === CircuitState.Closed) return 'closed'
    return this.#breaker.state === CircuitState.HalfOpen ? 'half_open' : 'open'
  }

  /** @throws NoSession, FragmentDown, or what the call throws. */
  async ask<T>(work: (api: FragmentApi) => Promise<T>): Promise<T> {
    const session = await this.sessions.open()
    if (!session) throw new NoSession('There is no session for Fragment')
    const onCookies = (cookies: Record<string, string>) => this.sessions.refresh(session.id, cookies)
    const api = new FragmentApi(new FragmentClient({ url: this.url, cookies: session.cookies, onCookies }))
    try {
      const answer = await this.#breaker.execute(() => work(api))
      await this.sessions.markWorking(session.id)
      return answer
    } catch (error) {
      if (error instanceof BrokenCircuitError) throw new FragmentDown('Fragment has failed too often: it is left alone')
      if (error instanceof FragmentSessionExpired) await this.sessions.markExpired(session.id)
      throw error
    }
  }
}
