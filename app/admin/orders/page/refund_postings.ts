import { Money } from '#core/money/money'
import type Customer from '#customers/models/customer'
import { system, wallet } from '#ledger/accounts'
import type StarOrder from '#stars/models/star_order'
import { accountText } from '#admin/shared/account_words'

/** What the refund of an order moves in the ledger: its price, and the Stars that nobody waits for any more. */
export function refundPostings(order: StarOrder, customer: Customer) {
  const { total } = order
  const name = customer.displayName
  const stars = Money.of(BigInt(order.delivered), 'STARS')
  const lines = [
    { from: system('revenue', total.currency), to: wallet(customer.id, total.currency), money: total },
    { from: system('stars:owed', 'STARS'), to: system('stars:inventory', 'STARS'), money: stars },
  ]
  return lines.map(({ from, to, money }) => ({ from: accountText(from, name), to: accountText(to, name), money }))
}
