import type StarOrder from '#stars/models/star_order'
import { OWED, UNPAID } from '#stars/orders/transitions'

/** What an admin can do with an order as it stands; the actions check again. */
export function orderActions({ status, provider, attention }: StarOrder) {
  const isStuck = attention !== null
  const isManual = provider === 'manual'
  return {
    deliver: status === 'fulfilling' && (isManual || isStuck),
    retry: status === 'fulfilling' && !isManual && isStuck,
    handOver: status === 'fulfilling' && !isManual,
    refund: OWED.includes(status),
    cancel: UNPAID.includes(status),
  }
}
