import { inject } from '@adonisjs/core'
import ChainOperation from '#chain/models/chain_operation'
import type Raffle from '#raffles/models/raffle'
import { PrizeClaims } from '#raffles/prizes/prize_claims'
import { WatchdogQuery } from '#raffles/queries/watchdog_query'
import { Rounds } from '#raffles/rounds/rounds'

/** What waits in the contract for a winner: of one round or of several. */
export interface UnpaidPrize {
  /** USDT, as a decimal. */
  amount: string
  /** Under way to pay it; null when nobody has asked for that. */
  claim: ChainOperation | null
  /** False for a contract that can't be asked for that. */
  isClaimable: boolean
}

/** The prize of a round that its winner has not got, as the watchdog found it last: no node is asked. */
@inject()
export class UnpaidPrizeQuery {
  constructor(
    private watchdog: WatchdogQuery,
    private rounds: Rounds,
    private claims: PrizeClaims
  ) {}

  async run(raffle: Raffle): Promise<UnpaidPrize | null> {
    const { winnerKey } = raffle
    if (winnerKey === null || !this.rounds.isOfContract(raffle)) return null
    const claim = await ChainOperation.query().where({ kind: 'claim', toKey: winnerKey }).orderBy('id', 'desc').first()
    const isClaimable = await this.claims.areSupported()
    if (claim && !claim.isFinished) return { amount: claim.money!.toDecimal(), claim, isClaimable }
    const watch = await this.watchdog.run()
    const found = watch?.figures.unclaimed.find(({ address }) => address === winnerKey)
    const isPaidSince = claim?.status === 'confirmed' && claim.finishedAt! >= watch!.checkedAt
    if (!found || isPaidSince) return null
    return { amount: found.amount, claim: null, isClaimable }
  }
}
