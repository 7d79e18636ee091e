import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import { Chain } from '#chain/chain_config'
import ChainCursor from '#chain/models/chain_cursor'
import { ChainUnavailable } from '#chain/rpc/rpc_errors'
import { Clock } from '#core/clock'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { Settings } from '#core/contracts/settings'
import type { Tick } from '#core/contracts/ticks'
import { transaction } from '#core/database/transaction'
import { RequestDraw } from '#raffles/actions/request_draw'
import { RaffleReader } from '#raffles/contract/raffle_reader'
import type Raffle from '#raffles/models/raffle'
import RaffleDraw from '#raffles/models/raffle_draw'
import { Rounds } from '#raffles/rounds/rounds'
import { autoDraw } from '#raffles/settings'

const PATIENCE_MS = 15 * 60_000

/**
 * Looks after the round that is open: the first one begins when the listener has begun to read, the fee of one without
 * entries is what the contract asks, and with `raffles.auto_draw` it is drawn as soon as it is due.
 */
@inject()
export class KeepRound implements Tick {
  readonly name = 'raffles.keep_round'
  readonly everyMs = 15_000

  constructor(
    private logger: Logger,
    private chain: Chain,
    private clock: Clock,
    private settings: Settings,
    private rounds: Rounds,
    private reader: RaffleReader,
    private requestDraw: RequestDraw
  ) {}

  async run() {
    if (!this.chain.config) return
    try {
      await this.#keepFee()
      await this.#drawWhenDue()
    } catch (error) {
      if (!(error instanceof ChainUnavailable)) throw error
      this.logger.warn({ err: error }, 'The raffle could not be looked at; trying again')
    }
  }

  async #keepFee() {
    const known = await this.rounds.current()
    if (known && (known.status !== 'open' || known.participants > 0)) return
    const cursor = await ChainCursor.query().where('chainId', this.chain.required.chainId).first()
    if (!known && !cursor) return
    const fee = await this.reader.fee()
    await transaction(async (trx) => {
      const round = await this.rounds.lockCurrent(trx)
      if (!round) {
        await this.rounds.open(trx, { round: 1, fee, block: cursor!.blockNumber, at: this.clock.now() })
      } else if (round.participants === 0 && round.entranceFee !== fee) {
        await round.merge({ entranceFee: fee }).save()
      }
    })
  }

  async #drawWhenDue() {
    if (!(await this.settings.get(autoDraw))) return
    const round = await this.rounds.current()
    if (round?.status !== 'open' || round.participants === 0 || (await this.#hasFailedLately(round))) return
    if (!(await this.reader.isDue())) return
    const requestedBy = { ...SYSTEM_ACTOR, name: 'upkeep' }
    const asked = await this.requestDraw.run({ cause: 'upkeep', requestedBy, raffleId: round.id })
    if (!asked.ok) this.logger.info({ refusal: asked.refusal }, 'A round that is due is not drawn now')
  }

  /** Each attempt costs gas and calls a person. */
  async #hasFailedLately({ id }: Raffle) {
    const failed = await RaffleDraw.query()
      .where({ raffleId: id, status: 'failed' })
      .where('finishedAt', '>', this.clock.now() - PATIENCE_MS)
      .first()
    return failed !== null
  }
}
