import { inject } from '@adonisjs/core'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { Usdt } from '#chain/contracts/usdt'
import type { At } from '#chain/rpc/chain_rpc'
import type ChainWallet from '#chain/models/chain_wallet'
import { promisedOf } from '#chain/withdrawals/withdrawal_sums'
import { Money } from '#core/money/money'
import { ok, refuse, type Result } from '#core/result'

/** What a wallet holds on the chain. */
@inject()
export class HeldUsdt {
  constructor(private usdt: Usdt) {}

  /** @throws ChainUnavailable. */
  async of(wallet: ChainWallet, at: At = 'latest'): Promise<Money> {
    return Money.of(await this.usdt.balance(wallet.address, at), 'USDT')
  }
}

/** Refuses `insufficient_usdt {available, needed}` when the rest is promised to other withdrawals, or is not there. */
export async function suffices(
  client: QueryClientContract,
  held: Money,
  { walletId, amount, exceptId }: { walletId: number; amount: Money; exceptId?: number }
): Promise<Result<void>> {
  const available = held.subtract(await promisedOf(client, walletId, exceptId))
  if (amount.compare(available) <= 0) return ok()
  const shown = available.isNegative ? Money.zero('USDT') : available
  return refuse('insufficient_usdt', { available: shown.toDecimal(), needed: amount.toDecimal() })
}
