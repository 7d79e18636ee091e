/** What the product authenticates with at the local Heleket. Nothing here is a secret. */
export const HELEKET_MERCHANT = '5a4d0b0c-0000-4000-8000-000000000001'
export const HELEKET_PAYMENT_KEY = 'sandbox-heleket-payment-key'
export const HELEKET_PAYOUT_KEY = 'sandbox-heleket-payout-key'
