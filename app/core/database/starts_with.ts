import type { DatabaseQueryBuilderContract } from '@adonisjs/lucid/types/querybuilder'
import { isPostgres } from '#core/database/dialect'

const LAST_CHARACTER = '\u{10FFFF}'

/**
 * Narrows to rows whose normalised text column starts with `prefix`, by its index: PostgreSQL needs the index to be
 * made with `text_pattern_ops`, SQLite compares bytes.
 */
export function whereStartsWith<T extends DatabaseQueryBuilderContract<any>>(
  query: T,
  column: string,
  prefix: string
): T {
  if (isPostgres()) query.where(column, 'like', likePrefix(prefix))
  else query.where(column, '>=', prefix).where(column, '<', prefix + LAST_CHARACTER)
  return query
}

/** The same as an alternative, for a scan in another order: on SQLite the plus keeps the column's index out of it. */
export function orWhereStartsWith(query: DatabaseQueryBuilderContract<any>, column: string, prefix: string) {
  if (isPostgres()) query.orWhere(column, 'like', likePrefix(prefix))
  else query.orWhereRaw('(+?? >= ? AND +?? < ?)', [column, prefix, column, prefix + LAST_CHARACTER])
}

const likePrefix = (prefix: string) => `${prefix.replace(/[\\%_]/g, '\\$&')}%`
