import type { Player } from '#tests/bench/scripts/open_raffle'
import type { Query } from '#tests/bench/support/query'
import type { EvmWorld } from '#tests/support/chain/evm'

export interface Findings {
  lost: string[]
  doubled: string[]
  gaps: string[]
}

/** What the chain holds beside what our books say of it. */
export class ChainProof {
  readonly findings: Findings = { lost: [], doubled: [], gaps: [] }

  constructor(
    private readonly evm: EvmWorld,
    private readonly query: Query,
    private readonly fee: bigint
  ) {}

  /** Everybody is in the contract once, and has paid once. */
  async entries(players: Player[]) {
    const [list] = await this.evm.read('raffle', 'getPlayers')
    const inside = Map.groupBy(list as string[], (address) => address)
    for (const { customerId, address } of players) {
      this.#once(`customer ${customerId} is in the contract`, inside.get(address)?.length ?? 0)
      const left = await this.evm.usdtOf(address)
      if (left > 0n) this.findings.lost.push(`customer ${customerId} has not paid`)
    }
    const paid = await this.evm.usdtOf(this.evm.raffle)
    const due = this.fee * BigInt(players.length)
    if (paid > due) this.findings.doubled.push(`the contract holds ${paid} instead of ${due}`)
  }

  /** What the listener wrote: one entry, one deposit and one payment for each. */
  async books(players: Player[]) {
    const entries = await this.query<{ customer_id: number; count: number }>(
      `SELECT customer_id, count(*)::int AS count FROM raffle_entries WHERE status = 'confirmed' GROUP BY customer_id`
    )
    const transfers = await this.query<{ customer_id: number; kind: string; count: number }>(
      `SELECT a.customer_id, t.kind, count(*)::int AS count FROM ledger_transfers t
         JOIN ledger_entries e ON e.transfer_id = t.id JOIN ledger_accounts a ON a.id = e.account_id
       WHERE a.kind = 'custody' GROUP BY a.customer_id, t.kind`
    )
    const balances = await this.query<{ customer_id: number; balance: number }>(
      `SELECT customer_id, balance FROM ledger_accounts WHERE kind = 'custody' AND balance <> 0`
    )
    const counted = (rows: { customer_id: number; count: number }[], id: number) =>
      rows.find((row) => row.customer_id === id)?.count ?? 0
    for (const { customerId } of players) {
      this.#once(`customer ${customerId} is confirmed`, counted(entries, customerId))
      for (const kind of ['deposit', 'raffle_entry']) {
        const own = transfers.filter((row) => row.kind === kind)
        this.#once(`customer ${customerId} has a ${kind}`, counted(own, customerId))
      }
    }
    for (const row of balances) this.findings.lost.push(`customer ${row.customer_id} has ${row.balance} in custody`)
  }

  /** Every nonce from the first one has been used, by a transaction that we know of. */
  async nonces() {
    const txs = await this.query<{ from_key: string; nonce: number }>(
      `SELECT from_key, nonce FROM chain_txs WHERE status = 'confirmed' ORDER BY from_key, nonce`
    )
    for (const [account, own] of Map.groupBy(txs, (tx) => tx.from_key)) {
      const used = Number(await this.evm.rpc.call<string>('eth_getTransactionCount', [account, 'latest']))
      const known = new Set(own.map(({ nonce }) => nonce))
      for (let nonce = 0; nonce < Math.max(used, (own.at(-1)?.nonce ?? -1) + 1); nonce++)
        if (!known.has(nonce) || nonce >= used) this.findings.gaps.push(`nonce ${nonce} of ${account}`)
    }
  }

  #once(what: string, times: number) {
    if (times === 0) this.findings.lost.push(`${what}: never`)
    if (times > 1) this.findings.doubled.push(`${what}: ${times} times`)
  }
}
