import { setImmediate as breathe } from 'node:timers/promises'
import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { SegmentSource } from '#core/contracts/segment_source'
import { isPostgres } from '#core/database/dialect'
import type { Audience } from '#broadcasts/audience'
import { audienceQuery, type IdRange } from '#broadcasts/audience/audience_query'
import { idsOf, windows } from '#broadcasts/audience/windows'
import { NO_VALUES, VALUE_COLUMNS, VALUE_SQL, valuesOf, type ValueRow } from '#broadcasts/content/values_of'
import { parseHtml } from '#broadcasts/markup/parse_html'
import { measureHtml } from '#broadcasts/markup/read_source'
import { Template } from '#broadcasts/markup/template'
import { plainLength } from '#broadcasts/markup/to_entities'

export interface LongestFill {
  /** UTF-16 units, as Telegram counts. */
  length: number
  /** Whose values make it that long; null for a text without placeholders, or for nobody. */
  customerId: number | null
}

const PAGE = 50

/**
 * The longest that a text becomes for anybody of an audience, exactly: customers come in the order of an upper bound
 * that the database can tell, and those whose bound is no longer than the longest measured need not be looked at.
 * The text must be correct (`storedProblem`).
 */
@inject()
export class LongestFillQuery {
  constructor(
    private clock: Clock,
    private segments: SegmentSource
  ) {}

  async handle(html: string, audience: Audience): Promise<LongestFill> {
    const template = new Template(html)
    let longest: LongestFill = { length: measureHtml(html), customerId: null }
    const blanks = template.blanks.filter(({ inAddress }) => !inAddress)
    if (blanks.length === 0) return longest

    longest = { length: 0, customerId: null }
    const fixed = plainLength(parseHtml(template.fill(NO_VALUES)))
    const bound = blanks.map(({ name }) => boundSql(VALUE_SQL[name])).join(' + ')
    for (const range of windows(await idsOf(db.connection(), audience))) {
      longest = await this.#longestIn(range, template, audience, `${fixed} + ${bound}`, longest)
      await breathe()
    }
    return longest
  }

  async #longestIn(range: IdRange, template: Template, audience: Audience, bound: string, known: LongestFill) {
    let longest = known
    let slack = Number.POSITIVE_INFINITY
    for (let offset = 0; ; offset += PAGE) {
      const rows: Array<ValueRow & { bound: number }> = await audienceQuery(
        db.connection(),
        audience,
        range,
        this.segments,
        this.clock.now()
      )
        .whereNull('customers.banned_at')
        .whereNull('customers.unreachable_at')
        .select(...VALUE_COLUMNS.map((name) => `customers.${name}`), db.raw(`${bound} AS bound`))
        .orderByRaw('bound DESC, customers.id')
        .offset(offset)
        .limit(PAGE)
      for (const row of rows) {
        const length = measureHtml(template.fill(valuesOf(row)))
        if (length > longest.length) longest = { length, customerId: row.id }
        slack = Math.min(slack, Number(row.bound))
      }
      if (rows.length < PAGE || slack <= longest.length) return longest
    }
  }
}

/**
 * UTF-16 units of a value at most: a character outside the basic plane is two, and takes at least three bytes more
 * than it counts as one character.
 */
function boundSql(value: string) {
  const bytes = isPostgres() ? `octet_length(${value})` : `length(CAST(${value} AS BLOB))`
  return `length(${value}) + (${bytes} - length(${value})) / 3`
}
