import type { Trx } from '#core/database/transaction'

/** What programs that integrate with us are told; `domains.md` section 16. */
export const INTEGRATION_EVENTS = ['raffle.entry_confirmed', 'raffle.winner_picked'] as const
export type IntegrationEventName = (typeof INTEGRATION_EVENTS)[number]

/** As `/api/openapi.json` promises it: names as in the API's answers, amounts as decimals, never a secret. */
export interface IntegrationEventData {
  'raffle.entry_confirmed': {
    entry_id: string
    tg_id: number
    raffle_id: string
    round: number
    address: string
    fee: string
    currency: string
    tx_hash: string
    block_number: number
  }
  'raffle.winner_picked': {
    raffle_id: string
    round: number
    participants: number
    prize: string
    currency: string
    winner_address: string
    /** Null when it is no customer of ours. */
    tg_id: number | null
    tx_hash: string
    block_number: number
  }
}

export type IntegrationEvent = {
  [Name in IntegrationEventName]: {
    name: Name
    /** The same key twice is one event: `raffle.entry:12:confirmed`. */
    key: string
    data: IntegrationEventData[Name]
  }
}[IntegrationEventName]

/** Written in the transaction of what it tells of; delivered afterwards to the webhook of every key that asked. */
export abstract class IntegrationEvents {
  abstract emit(trx: Trx, event: IntegrationEvent): Promise<void>
}
