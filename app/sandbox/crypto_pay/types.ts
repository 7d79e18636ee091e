import type { Decimal } from '#sandbox/services/decimal'

export interface CryptoPayApp {
  id: number
  token: string
  name: string
  /** where its webhooks go; by default the product's address */
  webhookUrl?: string
  /** asset to what it holds */
  balances: Map<string, Decimal>
}

export interface CryptoInvoiceFields {
  currencyType: 'crypto' | 'fiat'
  /** the asset or the fiat currency, as `currencyType` says */
  currency: string
  /** assets an invoice in fiat money may be paid with */
  acceptedAssets: string[]
  amount: Decimal
  /** as it was written in the request */
  amountText: string
  description?: string
  hiddenMessage?: string
  paidButton?: { name: string; url: string }
  payload?: string
  allowComments: boolean
  allowAnonymous: boolean
  /** seconds */
  expiresIn?: number
}

export interface CryptoInvoicePayment {
  at: number
  asset: string
  amount: Decimal
  fee: Decimal
  usdRate: Decimal
  comment?: string
  anonymously: boolean
}

export interface CryptoInvoice extends CryptoInvoiceFields {
  id: number
  hash: string
  appId: number
  createdAt: number
  expiresAt?: number
  paid?: CryptoInvoicePayment
}

export interface CryptoTransfer {
  id: number
  appId: number
  spendId: string
  userId: number
  asset: string
  amount: Decimal
  completedAt: number
  comment?: string
}

export type CryptoInvoiceStatus = 'active' | 'paid' | 'expired'
