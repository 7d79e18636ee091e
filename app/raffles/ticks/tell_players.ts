import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import { Chain } from '#chain/chain_config'
import { ChainRpc } from '#chain/rpc/chain_rpc'
import { ChainUnavailable } from '#chain/rpc/rpc_errors'
import { Clock } from '#core/clock'
import { Outbox } from '#core/contracts/outbox'
import type { Tick } from '#core/contracts/ticks'
import { transaction, type Trx } from '#core/database/transaction'
import { Money } from '#core/money/money'
import Raffle from '#raffles/models/raffle'

const AT_ONCE = 500
/** Nobody wants to hear of draws that were read long after they took place. */
const STALE_MS = 86_400_000

interface Player {
  id: number
  telegram_id: number
}

/** How a draw ended, for those who were in it and did not win; the winner has been told with it. */
@inject()
export class TellPlayers implements Tick {
  readonly name = 'raffles.tell_players'
  readonly everyMs = 5_000

  constructor(
    private clock: Clock,
    private logger: Logger,
    private chain: Chain,
    private rpc: ChainRpc,
    private outbox: Outbox
  ) {}

  async run(signal: AbortSignal) {
    const { config } = this.chain
    if (!config) return
    const finished = await Raffle.query()
      .where({ chainId: config.chainId, contractKey: config.raffle.toLowerCase(), status: 'finished' })
      .whereNull('notifiedAt')
      .orderBy('id')
    try {
      for (const raffle of finished) await this.#tellAll(raffle, signal)
    } catch (error) {
      if (!(error instanceof ChainUnavailable)) throw error
      this.logger.warn({ err: error }, 'When a draw took place could not be read; trying again')
    }
  }

  async #tellAll(raffle: Raffle, signal: AbortSignal) {
    let after = (await this.#isNews(raffle)) ? 0 : null
    while (after !== null) {
      if (signal.aborted) return
      after = await this.#tell(raffle, after)
    }
    await Raffle.query().where('id', raffle.id).update({ notifiedAt: this.clock.now() })
  }

  /** By the block's own time: what the listener reads late it dates late. */
  async #isNews({ closedBlock }: Raffle) {
    const block = await this.rpc.block(closedBlock!)
    return block !== null && this.clock.now() - block.minedAt < STALE_MS
  }

  /** Answers after whom to go on; null when all have been told. */
  #tell(raffle: Raffle, after: number): Promise<number | null> {
    return transaction(async (trx) => {
      const players = await this.#players(trx, raffle, after)
      await this.outbox.write(
        trx,
        players.map(({ id, telegram_id: chatId }) => ({
          type: 'RAFFLE',
          chatId,
          customerId: id,
          template: 'raffle_news.over',
          params: {
            prize: raffle.prizeMoney ?? Money.zero('USDT'),
            round: raffle.round,
            participants: raffle.participants,
          },
          buttons: [[{ action: 'raffle' }], [{ action: 'raffle_winners' }]],
          dedupeKey: `raffle_over:${raffle.id}:${id}`,
        }))
      )
      return players.length < AT_ONCE ? null : players.at(-1)!.id
    })
  }

  #players(trx: Trx, { id, winnerCustomerId }: Raffle, after: number): Promise<Player[]> {
    return trx
      .from('customers')
      .whereIn('id', (players) =>
        players
          .from('raffle_players')
          .where({ raffle_id: id, status: 'confirmed' })
          .whereNotNull('customer_id')
          .select('customer_id')
      )
      .where('id', '>', after)
      .whereNot('id', winnerCustomerId ?? 0)
      .whereNull('banned_at')
      .whereNull('anonymised_at')
      .orderBy('id')
      .limit(AT_ONCE)
      .select('id', 'telegram_id')
  }
}
