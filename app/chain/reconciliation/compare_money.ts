import { inject } from '@adonisjs/core'
import { Chain } from '#chain/chain_config'
import { Usdt } from '#chain/contracts/usdt'
import type { ReconciliationLine } from '#chain/models/chain_reconciliation'
import { custodyWithoutWallet, mirroredPool, mirroredWallets } from '#chain/reconciliation/mirrored'
import { inParallel } from '#chain/sender/in_parallel'
import { Money } from '#core/money/money'

const PAGE = 500
const AT_ONCE = 8

const KINDS = ['wallet_balance', 'custody_total', 'pool'] as const

export const isMoney = ({ kind }: ReconciliationLine) => KINDS.some((money) => money === kind)

interface Compared {
  wallets: number
  lines: ReconciliationLine[]
}

/** USDT of all custodial wallets, and of the raffle, at one block: in our books and on the chain. */
@inject()
export class CompareMoney {
  constructor(
    private chain: Chain,
    private usdt: Usdt
  ) {}

  async run(block: number, signal?: AbortSignal): Promise<Compared> {
    const { chainId, raffle } = this.chain.required
    const lines: ReconciliationLine[] = []
    const compare = (kind: (typeof KINDS)[number], subject: string, ours: bigint, chain: bigint) => {
      if (ours !== chain) lines.push({ kind, subject, ours: decimal(ours), chain: decimal(chain) })
    }
    let [wallets, booked, held] = [0, await custodyWithoutWallet(chainId), 0n]
    for (let after = 0; !signal?.aborted;) {
      const page = await mirroredWallets(chainId, block, after, PAGE)
      if (page.length === 0) break
      await inParallel(page, AT_ONCE, async ({ address, balance }) => {
        const onChain = await this.usdt.balance(address, block)
        compare('wallet_balance', address, balance, onChain)
        booked += balance
        held += onChain
      })
      wallets += page.length
      after = page.at(-1)!.id
    }
    compare('custody_total', 'custody', booked, held)
    const pool = await this.usdt.balance(raffle, block)
    compare('pool', raffle, await mirroredPool(chainId, block, raffle.toLowerCase()), pool)
    return { wallets, lines }
  }
}

const decimal = (minor: bigint) => Money.of(minor, 'USDT').toDecimal()
