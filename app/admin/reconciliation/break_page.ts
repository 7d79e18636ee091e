import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import Customer from '#customers/models/customer'
import Admin from '#staff/models/admin'
import Invoice from '#payments/models/invoice'
import type PaymentBreak from '#payments/models/payment_break'
import { SettlementChoices } from '#admin/reconciliation/settlement_choices'
import { rowMoney } from '#admin/shared/row_money'
import { transfersOf } from '#admin/shared/transfers'

/** What the inbox shows above its list, and the page of one payment that does not fit. */
@inject()
export class BreakPage {
  constructor(private choices: SettlementChoices) {}

  /** How many wait, since when the oldest, and what waits in each currency. */
  async summary() {
    const open = db.from('payment_breaks').where('status', 'open')
    const [{ total, oldest }] = await open.clone().count('* as total').min('created_at as oldest')
    const sums = await open
      .clone()
      .whereNotNull('amount')
      .groupBy('currency')
      .select('currency')
      .sum('amount as amount')
    return {
      open: Number(total),
      oldestAt: oldest === null ? null : Number(oldest),
      amounts: sums.map(({ amount, currency }) => rowMoney(amount, currency)).filter((money) => money !== null),
    }
  }

  async of(item: PaymentBreak) {
    const { invoiceId, customerId, resolvedBy, transferId } = item
    const resolver = resolvedBy === null ? null : await Admin.find(resolvedBy)
    return {
      item,
      invoice: invoiceId === null ? null : await Invoice.find(invoiceId),
      customer: customerId === null ? null : await Customer.find(customerId),
      resolver: resolver?.fullName,
      transfers: await transfersOf({ type: 'payment_break', ids: [item.id] }, [transferId]),
      choices: item.status === 'open' ? await this.choices.of(item) : [],
    }
  }
}
