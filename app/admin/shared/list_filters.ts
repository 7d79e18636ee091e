import { DateTime } from 'luxon'
import db from '@adonisjs/lucid/services/db'
import type { DatabaseQueryBuilderContract } from '@adonisjs/lucid/types/querybuilder'
import { orWhereStartsWith, whereStartsWith } from '#core/database/starts_with'

export type ListQuery<Row = any> = DatabaseQueryBuilderContract<Row>

/** One filter of a list: what the URL may say, and what that does to the query. `undefined` is no filter. */
export interface ListFilter<V = any> {
  parse(raw: string): V | undefined
  apply(query: ListQuery, value: V, now: number): void
}

/** One of a few words. */
export function choice<const C extends string>(
  choices: readonly C[],
  apply: (query: ListQuery, value: C, now: number) => void
): ListFilter<C> {
  return { parse: (raw) => choices.find((known) => known === raw), apply }
}

/** `yes` or `no`. */
export function yesNo(yes: (query: ListQuery) => void, no: (query: ListQuery) => void): ListFilter<'yes' | 'no'> {
  return choice(['yes', 'no'], (query, value) => (value === 'yes' ? yes(query) : no(query)))
}

/** A positive whole number, such as the id of a broadcast. */
export function identifier(apply: (query: ListQuery, value: number, now: number) => void): ListFilter<number> {
  return { parse: (raw) => parseIdentifier(raw), apply }
}

/** An address of the chain, whichever case it is written in. */
export function ofAddress(apply: (query: ListQuery, key: string) => void): ListFilter<string> {
  return {
    parse: (raw) => (/^0x[\da-f]{40}$/i.test(raw) ? raw : undefined),
    apply: (query, raw) => apply(query, raw.toLowerCase()),
  }
}

const PERIODS = { '24h': 1, '7d': 7, '30d': 30, '90d': 90 } as const
type Period = keyof typeof PERIODS
const DAY = 86_400_000
const INSTANT = /^\d{13}$/

/** The last 24 hours, 7, 30 or 90 days of an instant column, or since a moment in epoch milliseconds. */
export function since(column: string): ListFilter<Period | number> {
  return {
    parse: (raw) =>
      INSTANT.test(raw) ? Number(raw) : (Object.keys(PERIODS) as Period[]).find((known) => known === raw),
    apply: (query, value, now) => {
      query.where(column, '>=', typeof value === 'number' ? value : now - PERIODS[value] * DAY)
    },
  }
}

/**
 * Both ends of a range of days in the reader's time zone, as date inputs give them: `...days(timeZone, column)` adds
 * the filters `from` and `to`, both inclusive.
 */
export function days(timeZone: string, column: string): Record<'from' | 'to', ListFilter<string>> {
  const startOf = (date: string) => DateTime.fromISO(date, { zone: timeZone })
  const parse = (raw: string) => (/^\d{4}-\d{2}-\d{2}$/.test(raw) && startOf(raw).isValid ? raw : undefined)
  return {
    from: { parse, apply: (query, date) => query.where(column, '>=', startOf(date).toMillis()) },
    to: { parse, apply: (query, date) => query.where(column, '<', startOf(date).plus({ days: 1 }).toMillis()) },
  }
}

/** One way to find rows by what was typed. */
export interface ListSearch {
  /** A query that selects ids by an index, or nothing when the text can't be meant so. */
  (text: string): ListQuery | undefined
  /** The same as an alternative condition on the listed rows, for a CSV of very many: it walks them in order of id. */
  matches?(query: ListQuery, text: string): void
}

interface SearchOptions {
  /** The column that holds the list's id. */
  select?: string
  normalise?: (text: string) => string
}

/** Finds by the start of a normalised (lower case) column. */
export function startsWith(table: string, column: string, options: SearchOptions = {}): ListSearch {
  const { select = 'id', normalise = (text) => text.toLowerCase() } = options
  const search = (text: string) => {
    const prefix = normalise(text)
    return prefix === '' ? undefined : whereStartsWith(db.from(table).select(select), column, prefix)
  }
  const matches = (query: ListQuery, text: string) => {
    const prefix = normalise(text)
    if (prefix !== '') orWhereStartsWith(query, `${table}.${column}`, prefix)
  }
  return Object.assign(search, { matches })
}

/** Finds by a whole value of an indexed column: a hash, an address, a reference. */
export function equalsText(table: string, column: string, options: SearchOptions = {}): ListSearch {
  const { select = 'id', normalise = (text) => text.trim().toLowerCase() } = options
  const search = (text: string) => {
    const value = normalise(text)
    return value === '' ? undefined : db.from(table).select(select).where(column, value)
  }
  const matches = (query: ListQuery, text: string) => {
    const value = normalise(text)
    if (value !== '') query.orWhere(`${table}.${column}`, value)
  }
  return Object.assign(search, { matches })
}

/** References are upper case, and people write `#` before them. */
export const asReference = (text: string) => text.trim().replace(/^#/, '').toUpperCase()

/** Finds by a whole number, written with or without spaces: a Telegram id, a number of a ticket. */
export function equalsNumber(table: string, column: string, { select = 'id' }: SearchOptions = {}): ListSearch {
  const numberOf = (text: string) => parseIdentifier(text.replace(/[\s\u00A0\u202F]/g, '').replace(/^#/, ''), true)
  const search = (text: string) => {
    const value = numberOf(text)
    return value === undefined ? undefined : db.from(table).select(select).where(column, value)
  }
  const matches = (query: ListQuery, text: string) => {
    const value = numberOf(text)
    if (value !== undefined) query.orWhere(`${table}.${column}`, value)
  }
  return Object.assign(search, { matches })
}

/** Undefined for anything but a safe whole number; `signed` admits the negative ids of Telegram's groups. */
export function parseIdentifier(raw: string, signed = false): number | undefined {
  const shape = signed ? /^-?\d{1,16}$/ : /^\d{1,16}$/
  const value = Number(raw)
  return shape.test(raw) && Number.isSafeInteger(value) ? value : undefined
}
