import env from '#start/env'

const DEFAULT_S = 3600

/** How long a customer may pay: PAYMENT_TIMEOUT. */
export const invoiceLifetimeMs = () => env.get('PAYMENT_TIMEOUT', DEFAULT_S) * 1000
