import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Chain, ChainOf, type ChainConfig } from '#chain/chain_config'
import { ChainStartCheck } from '#chain/contracts/start_check'
import { Listener } from '#chain/listener/listener'
import { type ReadBlocks, RecordBlocks } from '#chain/listener/recording/record_blocks'
import type { WatchedWallets } from '#chain/listener/reading/watched_wallets'
import { ChainRpc } from '#chain/rpc/chain_rpc'
import { rowsOf } from '#core/database/dialect'

/** The listener's own way of writing, with a look at the watch. */
class WatchedRecord extends RecordBlocks {
  recorded = 0
  lastAt = 0

  async run(read: ReadBlocks, wallets: WatchedWallets, head: number) {
    const outcome = await super.run(read, wallets, head)
    if (outcome === 'recorded') this.recorded += read.events.length
    this.lastAt = performance.now()
    return outcome
  }
}

/** Milliseconds from the first question for the chain to the last commit, by a listener that has just started. */
export default async function backFill(config: ChainConfig, expected: number): Promise<number> {
  app.container.swap(Chain, () => new ChainOf(config))
  app.container.swap(ChainRpc, async (resolver) => new ChainRpc(await resolver.make(Chain)))
  const record = await app.container.make(WatchedRecord)
  app.container.swap(RecordBlocks, () => record)
  const check = await app.container.make(ChainStartCheck)
  await check.run()
  const listener = await app.container.make(Listener)

  const startedAt = performance.now()
  while (record.recorded < expected) await listener.cycle()
  const [{ count }] = rowsOf<{ count: number }>(await db.rawQuery('SELECT count(*) AS count FROM chain_events'))
  if (Number(count) !== expected) throw new Error(`${count} of ${expected} events were recorded`)
  return record.lastAt - startedAt
}
