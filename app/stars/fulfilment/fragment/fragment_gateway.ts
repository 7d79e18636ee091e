import { FragmentApi } from '#stars/fulfilment/fragment/fragment_api'
import { FragmentClient } from '#stars/fulfilment/fragment/fragment_client'
import { FragmentSessionExpired, FragmentUnavailable } from '#stars/fulfilment/fragment/fragment_errors'
import type { FragmentSessions } from '#stars/fulfilment/fragment/fragment_sessions'
import { Circuit, type CircuitStateName } from '#system/circuits/circuit'

/** No session is stored, or the one there is has expired. */
export class NoSession extends Error {}

/**
 * The way to Fragment: with the stored session, behind a circuit breaker of this process. What Fragment says about
 * the session is written down at once.
 */
export class FragmentGateway {
  readonly circuit = new Circuit('fragment', (error) => error instanceof FragmentUnavailable)

  constructor(
    private readonly url: string,
    private readonly sessions: FragmentSessions
  ) {}

  get breakerState(): CircuitStateName {
    return this.circuit.state
  }

  /** @throws NoSession, CircuitOpen, or what the call throws. */
  async ask<T>(work: (api: FragmentApi) => Promise<T>): Promise<T> {
    const session = await this.sessions.open()
    if (!session) throw new NoSession('There is no session for Fragment')
    const onCookies = (cookies: Record<string, string>) => this.sessions.refresh(session.id, cookies)
    const api = new FragmentApi(new FragmentClient({ url: this.url, cookies: session.cookies, onCookies }))
    try {
      const answer = await this.circuit.run(() => work(api))
      await this.sessions.markWorking(session.id)
      return answer
    } catch (error) {
      if (error instanceof FragmentSessionExpired) await this.sessions.markExpired(session.id)
      throw error
    }
  }
}
