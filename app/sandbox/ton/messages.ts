import type { Message, OutActionSendMsg } from '@ton/core'
import { FORWARD_FEE } from '#sandbox/ton/transaction'
import type { TonAccount } from '#sandbox/ton/types'

const CARRY_ALL_BALANCE = 128
const PAY_FEES_SEPARATELY = 1
const BOUNCED_OP = 0xffffffff
const BOUNCED_BITS = 256

interface Moment {
  /** logical time of the transaction that sends */
  lt: bigint
  /** seconds */
  now: number
}

/** Messages that a wallet sends, paid from its balance. W5 adds "ignore errors": what there is no money for is left out. */
export async function sendFrom(account: TonAccount, actions: OutActionSendMsg[], moment: Moment): Promise<Message[]> {
  const { Address } = await import('@ton/core')
  const messages: Message[] = []
  for (const [index, { mode, outMsg }] of actions.entries()) {
    if (outMsg.info.type !== 'internal') continue
    const isAll = (mode & CARRY_ALL_BALANCE) !== 0
    const fees = mode & PAY_FEES_SEPARATELY ? FORWARD_FEE : 0n
    const coins = isAll ? account.balance - FORWARD_FEE : outMsg.info.value.coins
    if (coins < 0n || account.balance < coins + fees) continue
    account.balance -= isAll ? account.balance : coins + fees
    const src = Address.parseRaw(account.address)
    const created = { createdLt: moment.lt + BigInt(index + 1), createdAt: moment.now }
    messages.push({ ...outMsg, info: { ...outMsg.info, src, value: { coins }, ...created } })
  }
  return messages
}

/** What returns to the sender when the destination refuses: the coins without a fee, and the body's beginning. */
export async function bounceOf({ info, body }: Message, { lt, now }: Moment): Promise<Message | undefined> {
  if (info.type !== 'internal' || info.value.coins <= FORWARD_FEE) return undefined
  const { beginCell } = await import('@ton/core')
  const start = body.bits.substring(0, Math.min(body.bits.length, BOUNCED_BITS))
  return {
    info: {
      ...info,
      src: info.dest,
      dest: info.src,
      bounce: false,
      bounced: true,
      value: { coins: info.value.coins - FORWARD_FEE },
      createdLt: lt + 1n,
      createdAt: now,
    },
    body: beginCell().storeUint(BOUNCED_OP, 32).storeBits(start).endCell(),
  }
}
