import { redact } from '#core/redaction'

/** The provider answered and said no. */
export class ProviderRefusal extends Error {
  constructor(
    readonly provider: string,
    readonly code: string,
    /** The provider itself is at fault, or our account with it: no call would succeed. */
    readonly isFault = false
  ) {
    super(`${provider} refused: ${redact(code)}`)
    this.name = 'ProviderRefusal'
  }
}

/** No answer, or none that can be read: what was asked for may have been done. */
export class ProviderUnreachable extends Error {
  constructor(
    readonly provider: string,
    detail: string
  ) {
    super(`${provider} did not answer: ${redact(detail)}`)
    this.name = 'ProviderUnreachable'
  }
}

/** The breaker is open: nothing was sent. */
export class ProviderDown extends Error {
  constructor(readonly provider: string) {
    super(`${provider} is down for now: the circuit breaker is open`)
    this.name = 'ProviderDown'
  }
}

/** Whether it counts against the provider; a plain refusal is an answer like any other. */
export const isProviderFault = (error: unknown) =>
  error instanceof ProviderUnreachable || (error instanceof ProviderRefusal && error.isFault)
