import type { Actor } from '#core/contracts/audit'
import type { Trx } from '#core/database/transaction'
import type { Result } from '#core/result'
import type { AccountRef } from '#ledger/accounts'
import type Invoice from '#payments/models/invoice'
import type { ClosedStatus, ProviderName } from '#payments/values'

/** What an invoice is for, as the room that owns it knows. Each method runs in the transaction of the change. */
export interface PurposeHandler {
  purpose: string
  /** Ways that it can be paid by; all of them unless told. */
  ways?: readonly ProviderName[]
  /** It tells the customer by itself that the payment has come. */
  announces?: boolean
  /** Where the money goes once it is paid: a wallet, or the revenue. */
  destination(invoice: Invoice): AccountRef
  /**
   * Whether it may still be paid: asked when the money has come, before anything is written, and before Telegram
   * takes it. What is refused waits for a person as `undeliverable`.
   */
  mayPay?(trx: Trx, invoice: Invoice): Promise<Result<unknown>>
  /** Hands over what was bought, after the ledger. It may not refuse any more: `mayPay` was asked. */
  paid(trx: Trx, invoice: Invoice, actor: Actor): Promise<void>
  /** Nobody paid. */
  closed?(trx: Trx, invoice: Invoice, status: ClosedStatus): Promise<void>
  /** Whether what was bought can be taken back, before an admin refunds it. */
  mayRefund?(trx: Trx, invoice: Invoice): Promise<Result<unknown>>
  /** The money went back. */
  refunded?(trx: Trx, invoice: Invoice, actor: Actor): Promise<void>
}

/** Registry of purposes; rooms register theirs when they boot. */
export class PurposeHandlers {
  readonly #handlers = new Map<string, PurposeHandler>()

  register(handler: PurposeHandler) {
    this.#handlers.set(handler.purpose, handler)
  }

  /** @throws for a purpose of a room that is not there: its invoices wait until it is. */
  of(purpose: string): PurposeHandler {
    const handler = this.#handlers.get(purpose)
    if (!handler) throw new Error(`Nobody registered a handler for invoices of the purpose "${purpose}"`)
    return handler
  }
}
