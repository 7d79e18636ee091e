import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import { Chain } from '#chain/chain_config'
import { Clock } from '#core/clock'
import type { Tick } from '#core/contracts/ticks'
import { toJson } from '#core/database/columns'
import { transaction, type Trx } from '#core/database/transaction'
import Raffle from '#raffles/models/raffle'
import type { DrawFacts } from '#raffles/receipt/draw_facts'
import { ReceiptReader } from '#raffles/receipt/receipt_reader'

const AT_ONCE = 10

/** Reads from the chain, once, what a receipt of each draw needs: looking at one then asks no node. */
@inject()
export class ReadReceipts implements Tick {
  readonly name = 'raffles.receipts'
  readonly everyMs = 10_000

  constructor(
    private chain: Chain,
    private clock: Clock,
    private logger: Logger,
    private reader: ReceiptReader
  ) {}

  async run(signal: AbortSignal) {
    if (!this.chain.config) return
    for (const raffle of await this.#unread()) {
      if (signal.aborted) return
      await this.#read(raffle).catch((error) =>
        this.logger.warn({ err: error, raffle: raffle.reference }, 'A draw could not be read; trying again')
      )
    }
  }

  async #read(raffle: Raffle) {
    const facts = await this.reader.read(raffle)
    if (!facts) return
    await transaction(async (trx) => {
      await trx
        .knexQuery()
        .table('raffle_receipts')
        .insert({ raffle_id: raffle.id, facts: toJson(facts), created_at: this.clock.now() })
        .onConflict('raffle_id')
        .ignore()
      await this.#setTimes(trx, raffle, facts)
    })
  }

  /** What was read long after it took place has been dated by our clock until now. */
  async #setTimes(trx: Trx, { id, chainId, contractKey, round }: Raffle, { request, answer }: DrawFacts) {
    await Raffle.query({ client: trx }).where('id', id).update({ requestedAt: request.at, finishedAt: answer.at })
    await Raffle.query({ client: trx })
      .where({ chainId, contractKey, round: round + 1 })
      .update({ openedAt: answer.at })
  }

  /** Of the configured contract: another one's chain may be gone. */
  #unread() {
    const { chainId, raffle } = this.chain.required
    return Raffle.query()
      .where({ chainId, contractKey: raffle.toLowerCase(), status: 'finished' })
      .whereNotNull('requestTx')
      .whereNotExists((receipts) =>
        receipts.from('raffle_receipts').whereColumn('raffle_receipts.raffle_id', 'raffles.id').select('id')
      )
      .orderBy('id', 'desc')
      .limit(AT_ONCE)
  }
}
