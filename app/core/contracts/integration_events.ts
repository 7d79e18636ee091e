import type { Trx } from '#core/database/transaction'

/** What programs that integrate with us are told; `domains.md` section 16. */
export const INTEGRATION_EVENTS = ['raffle.entry_confirmed', 'raffle.winner_picked'] as const
export type IntegrationEventName = (typeof INTEGRATION_EVENTS)[number]

export interface IntegrationEvent {
  name: IntegrationEventName
  /** The same key twice is one event: `raffle.entry:12:confirmed`. */
  key: string
  /** JSON; never a secret. */
  data: Record<string, unknown>
}

/** Written in the transaction of what it tells of; delivered afterwards to the webhook of every key that asked. */
export abstract class IntegrationEvents {
  abstract emit(trx: Trx, event: IntegrationEvent): Promise<void>
}
