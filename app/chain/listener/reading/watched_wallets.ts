import db from '@adonisjs/lucid/services/db'
import type { Trx } from '#core/database/transaction'

const PAGE = 5_000

/** Ids are given before they are committed: of the newest ones an older may still come. */
const UNCERTAIN_IDS = 200

interface Watched {
  key: string
  createdBlock: number
}

/** Addresses of the customers' wallets. Wallets are never removed, so only new ones are read. */
export class WatchedWallets {
  readonly #keys = new Set<string>()
  readonly #wallets: Watched[] = []
  #newestId = 0

  constructor(private readonly chainId: number) {}

  /** How many are known. Kept with what was read, it tells whether wallets have come since. */
  get count() {
    return this.#wallets.length
  }

  has(addressKey: string) {
    return this.#keys.has(addressKey)
  }

  /** Those of which something can be in a block up to this one. */
  madeBy(block: number): string[] {
    return this.#wallets.filter(({ createdBlock }) => createdBlock <= block).map(({ key }) => key)
  }

  /** Whether one that was not among the first `count` may have something in a block up to this one. */
  hasNew(count: number, block: number) {
    return this.#wallets.slice(count).some(({ createdBlock }) => createdBlock <= block)
  }

  async refresh(client: Trx | typeof db = db) {
    let after = this.#newestId - UNCERTAIN_IDS
    for (;;) {
      const rows: Array<{ id: number; address_key: string; created_block: number }> = await client
        .from('chain_wallets')
        .where({ chain_id: this.chainId, owner: 'customer' })
        .where('id', '>', after)
        .orderBy('id')
        .limit(PAGE)
        .select('id', 'address_key', 'created_block')
      for (const { id, address_key: key, created_block: createdBlock } of rows) this.#add(id, { key, createdBlock })
      if (rows.length < PAGE) return
      after = rows.at(-1)!.id
    }
  }

  #add(id: number, wallet: Watched) {
    this.#newestId = Math.max(this.#newestId, id)
    if (this.#keys.has(wallet.key)) return
    this.#keys.add(wallet.key)
    this.#wallets.push(wallet)
  }
}
