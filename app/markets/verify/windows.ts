import { setImmediate as breathe } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import { rowsOf } from '#core/database/dialect'

interface Windows {
  table: string
  key?: string
  size: number
  signal?: AbortSignal
}

/** Rows of a statement with two bindings, `key > ? AND key <= ?`, for one stretch of ids after another. */
export async function* windows<T>(sql: string, { table, key = 'id', size, signal }: Windows): AsyncGenerator<T[]> {
  const last = await db.from(table).max(`${key} as id`).first()
  for (let after = 0; after < (last?.id ?? 0) && !signal?.aborted; after += size) {
    yield rowsOf<T>(await db.rawQuery(sql, [after, after + size]))
    await breathe()
  }
}

/** A sum as the same number on both databases: PostgreSQL would answer it as text. */
export const sumOf = (expression: string) => `CAST(COALESCE(SUM(${expression}), 0) AS bigint)`

export const sumWhere = (condition: string, expression: string) =>
  sumOf(`CASE WHEN ${condition} THEN ${expression} ELSE 0 END`)

export const countWhere = (condition: string) => sumWhere(condition, '1')
