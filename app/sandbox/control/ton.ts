import { route, type ControlHandler } from '#sandbox/control/route'
import { ControlError } from '#sandbox/errors'
import { tonText } from '#sandbox/fragment/fragment'
import type { StarsPurchase } from '#sandbox/fragment/types'
import { TonError } from '#sandbox/ton/ton_error'
import type { TonAccount } from '#sandbox/ton/types'

const purchases: ControlHandler = ({ world }) => ({
  purchases: world.fragment.purchases().map(purchaseView),
  stray: world.fragment.stray().map((payment) => ({ ...payment, amount: tonText(payment.amount) })),
})

/** Ends what "never_completes" has left paid. */
const complete: ControlHandler = ({ world, path }) => {
  const purchase = world.fragment.find(path.id)
  if (!purchase) throw new ControlError(404, `Fragment knows no purchase ${path.id}.`)
  world.fragment.complete(purchase)
  return purchaseView(purchase)
}

const fund: ControlHandler = async ({ world, params }) =>
  accountView(await known(world.ton.fund(params.text('address'), params.text('amount'))))

const setBalance: ControlHandler = async ({ world, path, params }) => {
  await known(world.ton.setBalance(path.address, params.text('balance')))
  return accountView(await world.ton.account(path.address))
}

const account: ControlHandler = async ({ world, path }) => accountView(await known(world.ton.account(path.address)))

function purchaseView(purchase: StarsPurchase) {
  return { ...purchase, amount: tonText(purchase.amount) }
}

function accountView({ address, balance, seqno, wallet, transactions }: TonAccount) {
  return {
    address,
    balance: tonText(balance),
    seqno,
    deployed: wallet !== undefined,
    transactions: transactions.length,
  }
}

/** What TON refuses is a mistake of whoever drives the sandbox here. */
function known<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw error instanceof TonError ? new ControlError(422, error.message) : error
  })
}

export const tonRoutes = [
  route('GET', '/sandbox/fragment/purchases', purchases),
  route('POST', '/sandbox/fragment/purchases/:id/complete', complete),
  route('POST', '/sandbox/ton/fund', fund),
  route('GET', '/sandbox/ton/accounts/:address', account),
  route('PATCH', '/sandbox/ton/accounts/:address', setBalance),
]
