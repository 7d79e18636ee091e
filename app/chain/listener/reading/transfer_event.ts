import type { Usdt } from '#chain/contracts/usdt'
import type { FollowedEvent } from '#chain/listener/followed_event'
import type { ChainLog } from '#chain/rpc/chain_facts'
import { MAX_MINOR } from '#core/money/money'

/** Null when it is no transfer of USDT. */
export function transferEventOf(usdt: Usdt, log: ChainLog): FollowedEvent | null {
  const transfer = usdt.decode(log)
  if (!transfer) return null
  const { from, to, amount } = transfer
  return {
    name: 'Transfer',
    blockNumber: log.blockNumber,
    blockHash: log.blockHash,
    logIndex: log.logIndex,
    txHash: log.txHash,
    contractKey: log.address,
    fromKey: from,
    toKey: to,
    amount: amount <= MAX_MINOR ? amount : null,
    args: { from, to, value: amount.toString() },
  }
}
