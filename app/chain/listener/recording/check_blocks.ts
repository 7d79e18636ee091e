import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Chain } from '#chain/chain_config'
import { Cursor } from '#chain/listener/cursor'
import { placeOf } from '#chain/listener/followed_event'
import type { WatchedWallets } from '#chain/listener/reading/watched_wallets'
import { GentleEffects } from '#chain/listener/recording/gentle_effects'
import type { ReadBlocks, Recorded } from '#chain/listener/recording/record_blocks'
import { storeEvents } from '#chain/listener/recording/store_events'
import type { EventName } from '#chain/values'
import ChainEvent from '#chain/models/chain_event'
import { ChainRpc } from '#chain/rpc/chain_rpc'
import { ChainUnavailable } from '#chain/rpc/rpc_errors'
import { Clock } from '#core/clock'
import { transaction, type Trx } from '#core/database/transaction'

interface Row {
  id: number
  status: string
  block_number: number
  block_hash: string
  log_index: number
}

export const GONE = 'Its effect has happened, but its block is no longer on the chain'

/**
 * The second reading of blocks, when they stay and before anything follows from them. What the first one missed is
 * added (nodes sometimes leave logs out), and what the chain no longer has is given up.
 */
@inject()
export class CheckBlocks {
  constructor(
    private chain: Chain,
    private rpc: ChainRpc,
    private cursors: Cursor,
    private gentle: GentleEffects,
    private clock: Clock
  ) {}

  /** @throws ChainUnavailable when this reading lacks what the chain has: it is worth nothing then. */
  async run(read: ReadBlocks, wallets: WatchedWallets): Promise<Recorded> {
    const rows = await this.#recorded(read)
    const found = new Set(read.events.map(placeOf))
    const known = new Set(rows.map(placeOfRow))
    const gone = rows.filter((row) => !found.has(placeOfRow(row)))
    await this.#mustBeGone(gone)
    const missed = read.events.some((event) => !known.has(placeOf(event)))
    return transaction(async (trx) => {
      const cursor = await this.cursors.lock(trx)
      if (cursor.blockNumber < read.to || cursor.stopped !== null) return 'moved'
      await wallets.refresh(trx)
      if (wallets.hasNew(read.wallets, read.to + this.chain.required.confirmations)) return 'wallets_changed'
      await this.#giveUp(trx, gone)
      if (missed) await this.gentle.seen(trx, await this.#store(trx, read))
      return 'recorded'
    })
  }

  #recorded({ from, to }: ReadBlocks): Promise<Row[]> {
    return db
      .from('chain_events')
      .where('chain_id', this.chain.required.chainId)
      .whereIn('status', ['seen', 'confirmed'])
      .whereBetween('block_number', [from, to])
      .select('id', 'status', 'block_number', 'block_hash', 'log_index')
  }

  #store(trx: Trx, { events }: ReadBlocks) {
    const { chainId } = this.chain.required
    const isShown = (name: EventName) => this.gentle.isShown(name)
    return storeEvents(trx, { chainId, events, now: this.clock.now(), isShown })
  }

  async #mustBeGone(rows: Row[]) {
    for (const number of new Set(rows.map((row) => row.block_number))) {
      const block = await this.rpc.block(number)
      if (!block) throw new ChainUnavailable(`No node has the block ${number}`)
      const kept = rows.find((row) => row.block_number === number && row.block_hash === block.hash)
      if (kept) throw new ChainUnavailable(`A node left out logs of the block ${number}`)
    }
  }

  async #giveUp(trx: Trx, gone: Row[]) {
    const idsOf = (status: string) => gone.filter((row) => row.status === status).map(({ id }) => id)
    await trx.from('chain_events').whereIn('id', idsOf('confirmed')).update({ problem: GONE })
    const seen = await ChainEvent.query({ client: trx })
      .whereIn('id', idsOf('seen'))
      .orderBy(['blockNumber', 'logIndex'])
    for (const event of seen) await event.merge({ status: 'orphaned', problem: null }).save()
    await this.gentle.orphaned(trx, seen)
  }
}

const placeOfRow = (row: Row) => placeOf({ blockHash: row.block_hash, logIndex: row.log_index })
