import { join } from 'node:path'
import Database from 'better-sqlite3'
import pg from 'pg'
import { prepareSqliteConnection } from '#core/database/sqlite_connection'

export interface ByHandInput {
  rpcUrl: string
  chainId: number
  usdt: string
  addresses: string[]
  env: Record<string, string>
}

type Row = [
  number,
  number,
  string,
  number,
  string,
  number,
  string,
  string,
  string,
  string,
  number,
  string,
  string,
  number,
]

const TRANSFER = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'
const BLOCKS = 500
const ROWS = 1_000
const COLUMNS = `chain_id, block_number, block_hash, log_index, tx_hash, ordinal, contract_key, name, from_key, to_key,
  amount, args, status, created_at`

/** What somebody in a hurry would write: `getLogs` and batched inserts of the same rows, nothing else. */
export default async function byHand(input: ByHandInput): Promise<number> {
  const { insert, close } = input.env.DATABASE_URL
    ? await intoPostgres(input.env.DATABASE_URL)
    : intoSqlite(join(input.env.DATA_DIR, 'kontora.sqlite3'))
  const startedAt = performance.now()
  const head = Number(await ask(input.rpcUrl, 'eth_blockNumber', []))
  for (let from = 0; from <= head; from += BLOCKS) {
    const topics = [
      TRANSFER,
      null,
      input.addresses.map((address) => `0x${address.slice(2).toLowerCase().padStart(64, '0')}`),
    ]
    const filter = {
      address: input.usdt,
      topics,
      fromBlock: hex(from),
      toBlock: hex(Math.min(head, from + BLOCKS - 1)),
    }
    const rows = ((await ask(input.rpcUrl, 'eth_getLogs', [filter])) as any[]).map((log) => rowOf(input.chainId, log))
    for (let start = 0; start < rows.length; start += ROWS) await insert(rows.slice(start, start + ROWS))
  }
  const ms = performance.now() - startedAt
  await close()
  return ms
}

function rowOf(chainId: number, log: any): Row {
  const [from, to] = [`0x${log.topics[1].slice(26)}`, `0x${log.topics[2].slice(26)}`]
  const amount = Number(log.data)
  return [
    ...([chainId, Number(log.blockNumber), log.blockHash, Number(log.logIndex), log.transactionHash, 0] as const),
    ...([log.address, 'Transfer', from, to, amount] as const),
    ...([JSON.stringify({ from, to, value: String(amount) }), 'seen', 1] as const),
  ]
}

async function intoPostgres(connectionString: string) {
  const client = new pg.Client({ connectionString })
  await client.connect()
  const insert = async (rows: Row[]) => {
    const places = rows.map(
      (row, at) => `(${row.map((_value, index) => `$${at * row.length + index + 1}`).join(', ')})`
    )
    await client.query(`INSERT INTO chain_events (${COLUMNS}) VALUES ${places.join(', ')}`, rows.flat())
  }
  return { insert, close: () => client.end() }
}

function intoSqlite(file: string) {
  const database = new Database(file)
  prepareSqliteConnection(database, () => {})
  const statement = database.prepare(`INSERT INTO chain_events (${COLUMNS}) VALUES (${'?, '.repeat(13)}?)`)
  const all = database.transaction((rows: Row[]) => rows.forEach((row) => statement.run(row)))
  return { insert: async (rows: Row[]) => all(rows), close: async () => void database.close() }
}

async function ask(url: string, method: string, params: unknown[]): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  })
  const { result, error } = (await response.json()) as { result: unknown; error?: { message: string } }
  if (error) throw new Error(error.message)
  return result
}

const hex = (number: number) => `0x${number.toString(16)}`
