import { route, type ControlHandler } from '#sandbox/control/route'
import { invoiceView } from '#sandbox/crypto_pay/views'

const list: ControlHandler = ({ world }) => ({
  invoices: world.cryptoPay.all().map((invoice) => invoiceView(world.cryptoPay, invoice)),
})

const show: ControlHandler = ({ world, path }) => world.cryptoPay.invoice(path.id)

const pay: ControlHandler = ({ world, path, params }) => {
  const invoice = world.cryptoPay.pay(path.id, {
    asset: params.text('asset') || undefined,
    comment: params.text('comment') || undefined,
    anonymously: params.flag('anonymously'),
  })
  return invoiceView(world.cryptoPay, invoice)
}

const expire: ControlHandler = ({ world, path }) => invoiceView(world.cryptoPay, world.cryptoPay.expire(path.id))

export const cryptoPayRoutes = [
  route('GET', '/sandbox/crypto-pay/invoices', list),
  route('GET', '/sandbox/crypto-pay/invoices/:id', show),
  route('POST', '/sandbox/crypto-pay/invoices/:id/pay', pay),
  route('POST', '/sandbox/crypto-pay/invoices/:id/expire', expire),
]
