import { inject } from '@adonisjs/core'
import { Chain } from '#chain/chain_config'
import { keepBlocks } from '#chain/listener/recording/blocks'
import ChainCursor from '#chain/models/chain_cursor'
import { ChainRpc } from '#chain/rpc/chain_rpc'
import { ChainUnavailable } from '#chain/rpc/rpc_errors'
import { Clock } from '#core/clock'
import { transaction, type Trx } from '#core/database/transaction'

/** What is followed: one cursor for all of our contracts. */
export const STREAM = 'events'

/** The row of how far the chain has been read. Whoever moves it holds its lock. */
@inject()
export class Cursor {
  constructor(
    private chain: Chain,
    private rpc: ChainRpc,
    private clock: Clock
  ) {}

  find(client?: Trx): Promise<ChainCursor | null> {
    return ChainCursor.query({ client }).where({ chainId: this.#chainId, stream: STREAM }).first()
  }

  /** The row, made at the first time: before the first block to read, and deep enough that it stays. */
  async open(): Promise<ChainCursor> {
    const known = await this.find()
    if (known) return known
    const { startBlock, confirmations } = this.chain.required
    const head = await this.rpc.head()
    const first = Math.max(-1, Math.min((startBlock ?? head) - 1, head - confirmations))
    const block = first < 0 ? null : await this.rpc.block(first)
    if (first >= 0 && !block) throw new ChainUnavailable(`No node has the block ${first}`)
    await transaction(async (trx) => {
      const row = { block_number: first, head, confirmed_block: first, updated_at: this.clock.now() }
      const made = await trx
        .knexQuery()
        .table('chain_cursors')
        .insert({ chain_id: this.#chainId, stream: STREAM, ...row })
        .onConflict(['chain_id', 'stream'])
        .ignore()
        .returning('id')
      if (made.length > 0 && block) await keepBlocks(trx, this.#chainId, [block])
    })
    return (await this.find())!
  }

  lock(trx: Trx): Promise<ChainCursor> {
    return ChainCursor.query({ client: trx })
      .where({ chainId: this.#chainId, stream: STREAM })
      .forUpdate()
      .firstOrFail()
  }

  get #chainId() {
    return this.chain.required.chainId
  }
}
