import { inject } from '@adonisjs/core'
import { Chain } from '#chain/chain_config'
import { ChainRpc } from '#chain/rpc/chain_rpc'
import { Treasury } from '#chain/treasury/treasury'
import { formatEther } from '#chain/wei'
import { Settings } from '#core/contracts/settings'
import { Money } from '#core/money/money'
import { RaffleReader } from '#raffles/contract/raffle_reader'
import Raffle from '#raffles/models/raffle'
import { Rounds } from '#raffles/rounds/rounds'
import { lowSubscription } from '#raffles/settings'
import { SubscriptionReader } from '#raffles/watchdog/subscription_reader'
import type { UnclaimedPrize, WatchFigures } from '#raffles/watchdog/watch_figures'

/** Winners of so many rounds are looked after. */
const WINNERS = 10

const LINK = 10n ** 18n

/** Looks at what can make a draw hang: late randomness, an empty subscription, a treasury without gas, a stuck prize. */
@inject()
export class Watchdog {
  constructor(
    private chain: Chain,
    private rpc: ChainRpc,
    private treasury: Treasury,
    private settings: Settings,
    private rounds: Rounds,
    private reader: RaffleReader,
    private subscription: SubscriptionReader
  ) {}

  /** Throws as `ChainRpc` does. */
  async look(): Promise<WatchFigures> {
    const round = await this.rounds.current()
    const [now, isDue, link, treasury, unclaimed] = await Promise.all([
      this.reader.now(),
      this.reader.isDue(),
      this.subscription.link(),
      this.#treasury(),
      this.#unclaimed(),
    ])
    const isPending = round?.status === 'drawing' && !now.isOpen
    const lowest = BigInt(await this.settings.get(lowSubscription)) * LINK
    return {
      state: now.isOpen ? 'open' : 'drawing',
      isPaused: now.isPaused,
      entries: now.entries,
      isDue,
      pendingSince: isPending ? round.requestedAt : null,
      requestId: isPending ? round.requestId : null,
      link: link === null ? null : formatEther(link),
      isLinkLow: link !== null && link < lowest,
      treasuryWei: treasury === null ? null : String(treasury),
      unclaimed,
    }
  }

  async #treasury(): Promise<bigint | null> {
    const wallet = await this.treasury.find()
    return wallet && this.rpc.balance(wallet.address)
  }

  async #unclaimed(): Promise<UnclaimedPrize[]> {
    const { chainId, raffle } = this.chain.required
    const rounds = await Raffle.query()
      .where({ chainId, contractKey: raffle.toLowerCase(), status: 'finished' })
      .orderBy('id', 'desc')
      .limit(WINNERS)
    const latest = new Map(rounds.toReversed().map((round) => [round.winnerKey!, round]))
    const found: UnclaimedPrize[] = []
    for (const [address, { reference, round }] of latest) {
      const amount = await this.reader.claimable(address)
      if (!amount) continue
      found.push({ reference, round, address, amount: Money.of(amount, 'USDT').toDecimal() })
    }
    return found
  }
}
