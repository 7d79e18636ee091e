import app from '@adonisjs/core/services/app'
import { CreateInvoice } from '#payments/actions/create_invoice'
import { BuyByInvoice, type InvoicePurchase } from '#stars/actions/buy_by_invoice'

function halt() {
  process.send!({ halted: true })
  return new Promise<never>(() => setInterval(() => {}, 60_000))
}

/** Buys by invoice; with a point, stops dead before or after the invoice is made. Answers the order's state. */
export default async function buy(input: InvoicePurchase, point?: 'before' | 'after') {
  const create = await app.container.make(CreateInvoice)
  const handle = create.handle.bind(create)
  create.handle = async (order) => {
    if (point === 'before') await halt()
    const made = await handle(order)
    if (point === 'after') await halt()
    return made
  }
  app.container.swap(CreateInvoice, () => create)
  const action = await app.container.make(BuyByInvoice)
  const bought = await action.handle(input)
  return bought.ok ? bought.value.order.status : bought.refusal.code
}
