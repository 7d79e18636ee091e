/** `cancelled`: its key was revoked, or asks for nothing any more. */
export const DELIVERY_STATUSES = ['waiting', 'delivered', 'failed', 'cancelled'] as const
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number]
