import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import db from '@adonisjs/lucid/services/db'
import { Chain } from '#chain/chain_config'
import { Clock } from '#core/clock'
import type { Tick } from '#core/contracts/ticks'
import { toJson } from '#core/database/columns'
import Raffle from '#raffles/models/raffle'
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
    await db
      .knexQuery()
      .table('raffle_receipts')
      .insert({ raffle_id: raffle.id, facts: toJson(facts), created_at: this.clock.now() })
      .onConflict('raffle_id')
      .ignore()
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
