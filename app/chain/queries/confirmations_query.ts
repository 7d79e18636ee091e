import { inject } from '@adonisjs/core'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { Chain } from '#chain/chain_config'

/** How deep something lies under the blocks that the listener has seen. */
export interface Confirmations {
  /** Its own block included; 0 while it is in none that we know of. */
  count: number
  /** From so many on it stays. */
  needed: number
}

@inject()
export class ConfirmationsQuery {
  constructor(private chain: Chain) {}

  async ofBlock(client: QueryClientContract, block: number | null): Promise<Confirmations> {
    const { chainId, confirmations: needed } = this.chain.required
    if (block === null) return { count: 0, needed }
    const [{ head }] = await client.from('chain_cursors').where('chain_id', chainId).max('head as head')
    const count = Number(head ?? 0) - block + 1
    return { count: Math.min(Math.max(count, 1), needed), needed }
  }

  /** Of the transaction for which the operation is. */
  async ofOperation(client: QueryClientContract, operationId: number | null): Promise<Confirmations> {
    const [{ block }] = await client
      .from('chain_txs')
      .where('operation_id', operationId ?? 0)
      .whereIn('kind', ['enter', 'draw', 'claim', 'withdraw'])
      .max('block_number as block')
    return this.ofBlock(client, block === null ? null : Number(block))
  }
}
