import type { IncomingHttpHeaders } from 'node:http'
import type { SandboxClock } from '#sandbox/clock'
import type { Faults } from '#sandbox/faults'
import type { Live } from '#sandbox/live'
import type { ProviderWebhooks } from '#sandbox/services/webhooks'
import type { Rates } from '#sandbox/services/rates'

/** What every local stand-in for an outside service shares with the rest of the sandbox. */
export interface ServiceContext {
  readonly clock: SandboxClock
  readonly live: Live
  readonly faults: Faults
  readonly rates: Rates
  readonly webhooks: ProviderWebhooks
  /** `http://127.0.0.1:8081`, known once the server listens */
  readonly origin: string
  /** where the product's web process listens */
  readonly productUrl: string
}

export interface ServiceCall {
  verb: string
  /** the path below the service's own */
  path: string
  query: URLSearchParams
  headers: IncomingHttpHeaders
  body: Buffer
}

export interface ServiceAnswer {
  status: number
  /** an object is sent as JSON */
  body: unknown
  headers?: Record<string, string>
}

/** A local server of one outside service, below a path of its own. */
export interface ServiceApi {
  /** what faults and counters call this request */
  methodOf(call: ServiceCall): string
  answer(call: ServiceCall): ServiceAnswer | Promise<ServiceAnswer>
  /** a failure of the whole service (a fault), in its own shape */
  failure(status: number, description: string): ServiceAnswer
}
