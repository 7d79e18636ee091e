import { route, type ControlHandler } from '#sandbox/control/route'
import { paymentView } from '#sandbox/heleket/views'

const list: ControlHandler = ({ world }) => ({
  payments: world.heleket.all().map((payment) => paymentView(payment, world.origin)),
})

const show: ControlHandler = ({ world, path }) => world.heleket.payment(path.id)

/** What is due, or the `amount` said; `currency` and `network` choose the coin when the merchant has not. */
const pay: ControlHandler = ({ world, path, params }) => {
  world.heleket.pay(path.id, {
    amount: params.text('amount') || undefined,
    currency: params.text('currency') || undefined,
    network: params.text('network') || undefined,
  })
  return world.heleket.payment(path.id)
}

const expire: ControlHandler = ({ world, path }) => {
  world.heleket.expire(path.id)
  return world.heleket.payment(path.id)
}

const fail: ControlHandler = ({ world, path }) => {
  world.heleket.fail(path.id)
  return world.heleket.payment(path.id)
}

export const heleketRoutes = [
  route('GET', '/sandbox/heleket/payments', list),
  route('GET', '/sandbox/heleket/payments/:id', show),
  route('POST', '/sandbox/heleket/payments/:id/pay', pay),
  route('POST', '/sandbox/heleket/payments/:id/expire', expire),
  route('POST', '/sandbox/heleket/payments/:id/fail', fail),
]
