import { column } from '@adonisjs/lucid/orm'
import { isPostgres } from '#core/database/dialect'

/** A moment: BIGINT milliseconds since the Unix epoch, on both databases, always set from the Clock. */
export const instant = () => column()

/** Money: BIGINT minor units, at most 2^53-1 either way, so that both databases return them exactly. */
export const minor = () =>
  column({ consume: (value: unknown) => (value === null || value === undefined ? value : BigInt(value as number)) })

/** SQLite keeps booleans as 0 and 1. */
export const boolean = () =>
  column({ consume: (value: unknown) => (value === null || value === undefined ? value : Boolean(value)) })

/** JSON that reads and writes alike on both databases: PostgreSQL's driver parses it, SQLite's does not. */
export const json = () =>
  column({
    consume: (value: unknown) => parseJson(value),
    prepare: (value: unknown) => toJson(value),
  })

/** Reads a JSON column fetched without a model. A string from PostgreSQL is a JSON string, already parsed. */
export function parseJson<T = any>(value: unknown): T {
  return (typeof value === 'string' && !isPostgres() ? JSON.parse(value) : value) as T
}

/** Writes a JSON column without a model. */
export function toJson(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value)
}
