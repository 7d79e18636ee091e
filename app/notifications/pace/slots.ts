/** `free` holds every call that counts; `paid` those that carry `allow_paid_broadcast`. */
export const LANES = ['free', 'paid'] as const
export type Lane = (typeof LANES)[number]

export interface Reservation {
  lane: Lane
  count: number
  /** Distance between two slots, microseconds. */
  spacingUs: number
  /** Nothing is reserved when the first slot lies further ahead. */
  maxWaitUs?: number
}

export interface Slots {
  /** Until the first of the reserved slots, microseconds from now; the others follow at the spacing. */
  waitUs: number
  /** The same moment by the store's clock. */
  firstUs: number
  reserved: boolean
}

/** A slot further ahead than that is a leftover of a clock that was set back. */
export const HORIZON_US = 60_000_000

/**
 * Hands out the moments at which calls to Telegram may be written, to all processes from one row. Time is that of the
 * store, so the clocks of the machines need not agree.
 */
export abstract class SlotStore {
  abstract reserve(reservation: Reservation): Promise<Slots>
  /** No slot of any lane before that many milliseconds have passed; a shorter pause than the present one is ignored. */
  abstract pause(ms: number): Promise<void>
}
