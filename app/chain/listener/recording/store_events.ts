import { setImmediate as breathe } from 'node:timers/promises'
import { isPostgres, rowsOf } from '#core/database/dialect'
import { sqliteStatements } from '#core/database/sqlite_statements'
import type { Trx } from '#core/database/transaction'
import type { FollowedEvent } from '#chain/listener/followed_event'
import { numberEvents, type NumberedEvent, type StoredPlace } from '#chain/listener/recording/number_events'
import type { EventName } from '#chain/values'

/** Rows in one statement; on SQLite between two breaths of the process. */
const ROWS_AT_ONCE = { postgres: 1_000, sqlite: 200 }

export interface StoredEvent {
  id: number
  name: EventName
}

export interface StoreInput {
  chainId: number
  /** In the order of the chain. */
  events: readonly FollowedEvent[]
  now: number
  /** Which ids somebody wants to know: on SQLite a row takes twice as long then. */
  isShown(name: EventName): boolean
}

/** Writes those that are not there yet; answers with the shown ones among them and among those that are back. */
export async function storeEvents(trx: Trx, { chainId, events, now, isShown }: StoreInput): Promise<StoredEvent[]> {
  if (events.length === 0) return []
  const hashes = [...new Set(events.map(({ blockHash }) => blockHash))]
  const numbered = numberEvents(events, await storedPlaces(trx, chainId, hashes))
  const insert = isPostgres() ? insertOnPostgres : insertOnSqlite
  const size = isPostgres() ? ROWS_AT_ONCE.postgres : ROWS_AT_ONCE.sqlite
  const stored: StoredEvent[] = []
  for (let start = 0; start < numbered.length; start += size) {
    if (start > 0) await breathe()
    stored.push(...(await insert(trx, { chainId, events: numbered.slice(start, start + size), now, isShown })))
  }
  return stored
}

const PLACES = 'SELECT block_hash, log_index, tx_hash, ordinal FROM chain_events WHERE chain_id = ? AND block_hash'

async function storedPlaces(trx: Trx, chainId: number, hashes: string[]): Promise<StoredPlace[]> {
  if (isPostgres()) return rowsOf(await trx.rawQuery(`${PLACES} = ANY(?)`, [chainId, hashes] as any[]))
  const run = await sqliteStatements(trx)
  return run(`${PLACES} IN (SELECT value FROM json_each(?))`).all(chainId, JSON.stringify(hashes))
}

const BACK = `ON CONFLICT (chain_id, block_hash, log_index) DO UPDATE SET status = 'seen', problem = NULL
  WHERE chain_events.status = 'orphaned'`

const COLUMNS = `chain_id, block_number, block_hash, log_index, tx_hash, ordinal, contract_key, name, from_key, to_key,
  amount, args, status, created_at`

const ON_POSTGRES = `INSERT INTO chain_events (${COLUMNS})
  SELECT ?, e.block_number, e.block_hash, e.log_index, e.tx_hash, e.ordinal, e.contract_key, e.name, e.from_key,
    e.to_key, e.amount, e.args::json, 'seen', ?
  FROM unnest(?::bigint[], ?::text[], ?::int[], ?::text[], ?::int[], ?::text[], ?::text[], ?::text[], ?::text[],
    ?::bigint[], ?::text[]) AS e (block_number, block_hash, log_index, tx_hash, ordinal, contract_key, name, from_key,
    to_key, amount, args)
  ${BACK} RETURNING id, name`

interface Chunk extends StoreInput {
  events: readonly NumberedEvent[]
}

async function insertOnPostgres(trx: Trx, { chainId, events, now, isShown }: Chunk) {
  const columns = valuesOf(events[0]).map((_value, index) => events.map((event) => valuesOf(event)[index]))
  const stored = rowsOf<StoredEvent>(await trx.rawQuery(ON_POSTGRES, [chainId, now, ...columns] as any[]))
  return stored.filter(({ name }) => isShown(name))
}

const ON_SQLITE = `INSERT INTO chain_events (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'seen', ?) ${BACK}`

async function insertOnSqlite(trx: Trx, { chainId, events, now, isShown }: Chunk) {
  const run = await sqliteStatements(trx)
  const [plain, shown] = [run(ON_SQLITE), run(`${ON_SQLITE} RETURNING id, name`)]
  return events.flatMap((event): StoredEvent[] => {
    if (isShown(event.name)) return shown.all(chainId, ...valuesOf(event), now)
    plain.run(chainId, ...valuesOf(event), now)
    return []
  })
}

const valuesOf = (event: NumberedEvent) => [
  event.blockNumber,
  event.blockHash,
  event.logIndex,
  event.txHash,
  event.ordinal,
  event.contractKey,
  event.name,
  event.fromKey,
  event.toKey,
  event.amount === null ? null : Number(event.amount),
  JSON.stringify(event.args),
]
