import type { Decimal } from '#sandbox/services/decimal'

export const HELEKET_STATUSES = [
  'check',
  'process',
  'confirm_check',
  'paid',
  'paid_over',
  'wrong_amount',
  'wrong_amount_waiting',
  'cancel',
  'fail',
  'system_fail',
  'refund_process',
  'refund_fail',
  'refund_paid',
  'locked',
] as const
export type HeleketStatus = (typeof HELEKET_STATUSES)[number]

export interface HeleketPaymentFields {
  orderId: string
  amount: Decimal
  currency: string
  /** fixed by the merchant, or chosen by whoever pays */
  toCurrency?: string
  network?: string
  urlCallback?: string
  urlReturn?: string
  urlSuccess?: string
  additionalData?: string
  /** seconds */
  lifetime: number
  isMultiple: boolean
  /** a shortage up to so many per cent counts as paid in full */
  accuracyPercent: Decimal
}

export interface HeleketPayment extends HeleketPaymentFields {
  uuid: string
  status: HeleketStatus
  createdAt: number
  updatedAt: number
  expiresAt: number
  /** what is to be paid, once a coin is chosen */
  payer?: { currency: string; network: string; address: string; amount: Decimal }
  /** what has arrived so far, in the payer's currency */
  received: Decimal
  /** arrived and not confirmed yet */
  pending: Decimal
  txid?: string
  from?: string
}
