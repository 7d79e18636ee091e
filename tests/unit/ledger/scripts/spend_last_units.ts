import { once } from 'node:events'
import { wallet } from '#ledger/accounts'
import { revenue, ton, transfer } from '#tests/support/ledger'

/** When told to, spends one unit again and again until it is refused; answers how often it was not. */
export default async function (customerId: number): Promise<number> {
  process.send!({ ready: true })
  await once(process, 'message')
  for (let spent = 0; ; spent++) {
    const posting = { from: wallet(customerId, 'TON'), to: revenue('TON'), amount: ton(1) }
    const result = await transfer({ kind: 'purchase', postings: [posting] })
    if (!result.ok) return spent
  }
}
