import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Chain } from '#chain/chain_config'
import { Cursor } from '#chain/listener/cursor'
import { Clock } from '#core/clock'

const COUNT_LIMIT = 10_000

export interface ChainStatus {
  chainId: number
  /** Last block that has been read. */
  block: number
  /** Newest block when nodes were asked last. */
  head: number
  /** Blocks between the two. */
  lag: number
  /** Events up to this block have taken effect. */
  confirmedBlock: number
  /** Why the listener stands still until a person lets it go on; null while it does. */
  stopped: string | null
  /** Since the listener wrote its row: it does so every few seconds. */
  silentForMs: number
  /** Events in blocks that may still be replaced, or that wait for their turn; counted up to 10 000. */
  waiting: number
  /** Events that could not take effect; counted up to 10 000. */
  problems: number
}

/** How far the chain has been read. Null while it is not configured, or has never been read. */
@inject()
export class ChainStatusQuery {
  constructor(
    private chain: Chain,
    private cursors: Cursor,
    private clock: Clock
  ) {}

  async run(): Promise<ChainStatus | null> {
    if (!this.chain.config) return null
    const cursor = await this.cursors.find()
    if (!cursor) return null
    const { chainId, blockNumber: block, head, confirmedBlock, stopped } = cursor
    const events = () => db.from('chain_events').where('chain_id', chainId)
    return {
      ...{ chainId, block, head, confirmedBlock, stopped },
      lag: Math.max(0, head - block),
      silentForMs: Math.max(0, this.clock.now() - cursor.updatedAt),
      waiting: await counted(events().where('status', 'seen')),
      problems: await counted(events().whereNotNull('problem')),
    }
  }
}

async function counted(rows: ReturnType<typeof db.from>): Promise<number> {
  const [{ count }] = await db.from(rows.select('id').limit(COUNT_LIMIT).as('counted')).count('* as count')
  return Number(count)
}
