import { ControlError } from '#sandbox/errors'
import { write } from '#sandbox/people/writing'
import { publicUser } from '#sandbox/state/customers'
import { totalOf, type Invoice, type StarPayment } from '#sandbox/state/payments'
import type { Customer } from '#sandbox/state/types'
import type { World } from '#sandbox/world'

export interface PaymentOutcome {
  paid: boolean
  chargeId?: string
  /** the bot's reason when it did not consent, or Telegram's own */
  error?: string
}

/**
 * A customer pays an invoice in Stars, by message id or by the link of createInvoiceLink: the bot is asked first and
 * has ten seconds, then successful_payment follows. Whoever has too few Stars is told so, and the bot is not asked.
 */
export async function pay(world: World, customerId: number, what: number | string): Promise<PaymentOutcome> {
  const customer = world.customers.get(customerId)
  assertPresent(customer)
  const invoice = findInvoice(world, customerId, what)
  const total = totalOf(invoice)
  const isSingle = typeof what === 'number'
  if (isSingle && invoice.receiptOf) throw new ControlError(409, 'This invoice is paid already.')
  if (customer.stars < total) return { paid: false, error: `${total} Stars are needed, ${customer.stars} are there.` }

  const consent = await askBot(world, customer, invoice)
  if (!consent.ok) return { paid: false, error: consent.error }
  if (isSingle && invoice.receiptOf) return { paid: false, error: 'INVOICE_ALREADY_PAID' }
  customer.stars -= total
  const payment = world.payments.record(customerId, invoice, world.clock.seconds())
  if (isSingle) showReceipt(world, customerId, what)
  write(world, customerId, { successful_payment: receipt(payment) })
  return { paid: true, chargeId: payment.chargeId }
}

/** Stars of a payment return to whoever paid; the chat shows it. */
export function giveBack(world: World, payment: StarPayment): void {
  payment.refundedAt = world.clock.seconds()
  const customer = world.customers.get(payment.customerId)
  customer.stars += payment.amount
  if (!customer.blocked && !customer.deactivated) write(world, customer.id, { refunded_payment: receipt(payment) })
  world.live.emit({ type: 'chat', chatId: customer.id })
}

async function askBot(
  world: World,
  customer: Customer,
  invoice: Invoice
): Promise<{ ok: true } | { ok: false; error?: string }> {
  const checkout = world.payments.beginCheckout(customer.id, invoice, world.clock.now())
  const answered = world.live.waitFor(
    (event) => (event.type === 'precheckout' && event.queryId === checkout.id ? event : undefined),
    'an answer to the pre-checkout query',
    world.options.checkoutTimeoutMs
  )
  world.updates.push(
    'pre_checkout_query',
    {
      id: checkout.id,
      from: publicUser(customer),
      currency: invoice.currency,
      total_amount: totalOf(invoice),
      invoice_payload: invoice.payload,
    },
    customer.id
  )
  try {
    const { ok, error } = await answered
    return ok ? { ok } : { ok, error }
  } catch {
    return { ok: false, error: 'BOT_PRECHECKOUT_TIMEOUT' }
  }
}

/** The button of an invoice that is paid leads to its receipt. */
function showReceipt(world: World, chatId: number, messageId: number): void {
  const message = world.messages.find(chatId, messageId)
  if (!message?.reply_markup) return
  const [[, ...buttons], ...rows] = message.reply_markup.inline_keyboard
  const changed = {
    ...message,
    reply_markup: { inline_keyboard: [[{ text: 'Receipt', pay: true }, ...buttons], ...rows] },
  }
  world.messages.replace(changed)
  world.live.emit({ type: 'edit', chatId, message: changed })
}

function receipt({ amount, payload, chargeId, customerId }: StarPayment): Record<string, unknown> {
  return {
    currency: 'XTR',
    total_amount: amount,
    invoice_payload: payload,
    telegram_payment_charge_id: chargeId,
    provider_payment_charge_id: `${customerId}_${chargeId.slice(-6)}`,
  }
}

function assertPresent(customer: Customer): void {
  if (customer.deactivated) throw new ControlError(409, `${customer.first_name} has deleted the account.`)
  if (customer.blocked) throw new ControlError(409, `${customer.first_name} has blocked the bot: unblock it first.`)
}

function findInvoice(world: World, customerId: number, what: number | string): Invoice {
  const key = typeof what === 'number' ? `${customerId}:${what}` : `$${what.split('$').at(-1)}`
  const invoice = world.payments.invoice(key)
  if (!invoice) throw new ControlError(404, `There is no invoice ${what} for customer ${customerId}.`)
  return invoice
}
