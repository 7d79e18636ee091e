import type { OrderStatus } from '#stars/values'

const NEXT: Record<OrderStatus, readonly OrderStatus[]> = {
  created: ['awaiting_payment', 'paid', 'cancelled'],
  awaiting_payment: ['paid', 'cancelled'],
  paid: ['fulfilling', 'refunded'],
  fulfilling: ['fulfilled', 'failed', 'refunded'],
  failed: ['refunded'],
  fulfilled: [],
  refunded: [],
  cancelled: [],
}

export const mayBecome = (from: OrderStatus, to: OrderStatus) => NEXT[from].includes(to)

/** Not paid yet: nothing is owed to anybody. */
export const UNPAID: readonly OrderStatus[] = ['created', 'awaiting_payment']

/** Paid and still owed to the customer. */
export const OWED: readonly OrderStatus[] = ['paid', 'fulfilling', 'failed']

/** The money was taken and kept. */
export const SOLD: readonly OrderStatus[] = [...OWED, 'fulfilled']
