import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { correctionsOf } from '#ledger/history/corrections'
import { historyItem, type HistoryItem } from '#ledger/history/history_item'
import { historyAccounts, historyRows, type Position } from '#ledger/history/history_rows'
import type { TransferKind } from '#ledger/transfer_kinds'

export const HISTORY_DAYS = 30
export const HISTORY_PAGE = 10

const DAY_MS = 86_400_000

export interface HistoryRequest {
  customerId: number
  kind?: TransferKind
  /** The page after this item, towards the past. */
  olderThan?: number
  /** The page before this item, towards now. */
  newerThan?: number
}

export interface HistoryPage {
  /** Newest first. */
  items: HistoryItem[]
  /** To be given as `newerThan`; null on the first page. */
  newer: number | null
  /** To be given as `olderThan`; null on the last page. */
  older: number | null
}

/** The last 30 days of a customer's money, ten lines a page. */
@inject()
export class CustomerHistoryQuery {
  constructor(private clock: Clock) {}

  async run({ customerId, kind, olderThan, newerThan }: HistoryRequest): Promise<HistoryPage> {
    const from = await position(olderThan ?? newerThan)
    if (from === null) return { items: [], newer: null, older: null }
    const upwards = newerThan !== undefined && olderThan === undefined
    const since = this.clock.now() - HISTORY_DAYS * DAY_MS
    const accounts = await historyAccounts(customerId)
    const found = await historyRows(accounts, { since, from, upwards, kind, limit: HISTORY_PAGE + 1 })

    const shown = found.slice(0, HISTORY_PAGE)
    if (upwards) shown.reverse()
    const corrections = await correctionsOf(shown)
    const [first, last] = [shown.at(0)?.id ?? null, shown.at(-1)?.id ?? null]
    const isMore = found.length > HISTORY_PAGE
    return {
      items: shown.map((row) => historyItem(row, corrections)),
      newer: (upwards ? isMore : from) ? first : null,
      older: upwards || isMore ? last : null,
    }
  }
}

/** Undefined: from the newest on. Null: there is no such item. */
async function position(entryId: number | undefined): Promise<Position | undefined | null> {
  if (entryId === undefined) return undefined
  return db.from('ledger_entries').where('id', entryId).select('id', 'created_at').first()
}
