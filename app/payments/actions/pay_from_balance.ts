import { inject } from '@adonisjs/core'
import type { Actor } from '#core/contracts/audit'
import type { Trx } from '#core/database/transaction'
import { ok, type Result } from '#core/result'
import { wallet } from '#ledger/accounts'
import { Crediting } from '#payments/crediting'
import type Invoice from '#payments/models/invoice'

/** Pays an invoice out of the customer's wallet, in the transaction that makes it. Refuses `insufficient_funds`. */
@inject()
export class PayFromBalance {
  constructor(private crediting: Crediting) {}

  async in(trx: Trx, invoice: Invoice, actor: Actor): Promise<Result<Invoice>> {
    const { money, customerId } = invoice
    const sources = [{ from: wallet(customerId, money.currency), amount: money }]
    const credited = await this.crediting.credit(trx, invoice, { sources, status: 'paid', actor })
    if (!credited.ok) return credited
    return ok(await invoice.merge({ receivedAmount: money.minor, nextPollAt: null }).save())
  }
}
