import { ControlError } from '#sandbox/errors'
import { write } from '#sandbox/people/writing'
import { publicUser } from '#sandbox/state/customers'
import type { Invoice } from '#sandbox/state/payments'
import type { World } from '#sandbox/world'

export interface PaymentOutcome {
  paid: boolean
  chargeId?: string
  /** the bot's reason when it did not consent */
  error?: string
}

/**
 * A customer pays an invoice in Stars, by message id or by the link of createInvoiceLink: the bot is asked first and
 * has ten seconds, then successful_payment follows.
 */
export async function pay(world: World, customerId: number, what: number | string): Promise<PaymentOutcome> {
  const customer = world.customers.get(customerId)
  const invoice = findInvoice(world, customerId, what)
  const checkout = world.payments.beginCheckout(customerId, invoice, world.clock.now())
  const total = invoice.prices.reduce((sum, { amount }) => sum + amount, 0)

  const answered = world.live.waitFor(
    (event) => (event.type === 'precheckout' && event.queryId === checkout.id ? event : undefined),
    'an answer to the pre-checkout query',
    10_000
  )
  world.updates.push(
    'pre_checkout_query',
    {
      id: checkout.id,
      from: publicUser(customer),
      currency: invoice.currency,
      total_amount: total,
      invoice_payload: invoice.payload,
    },
    customerId
  )
  const answer = await answered
  if (!answer.ok) return { paid: false, error: answer.error }

  const payment = world.payments.record(customerId, invoice, world.clock.seconds())
  write(world, customerId, {
    successful_payment: {
      currency: invoice.currency,
      total_amount: total,
      invoice_payload: invoice.payload,
      telegram_payment_charge_id: payment.chargeId,
      provider_payment_charge_id: '',
    },
  })
  return { paid: true, chargeId: payment.chargeId }
}

function findInvoice(world: World, customerId: number, what: number | string): Invoice {
  const key = typeof what === 'number' ? `${customerId}:${what}` : `$${what.split('$').at(-1)}`
  const invoice = world.payments.invoice(key)
  if (!invoice) throw new ControlError(404, `There is no invoice ${what} for customer ${customerId}.`)
  return invoice
}
