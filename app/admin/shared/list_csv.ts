import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify/sync'
import type { CsvColumns, List } from '#admin/shared/list'
import { batchesOf } from '#admin/shared/list_batches'
import type { ListState } from '#admin/shared/list_state'

const BYTE_ORDER_MARK = '\uFEFF'

/** Everything that search and filters leave, as CSV. */
export function csvOf<Row>(list: List<Row>, state: ListState, now: number): Readable {
  return csvStream(list.definition.csv!, batchesOf(list, state, now))
}

/** Rows from elsewhere as a CSV, a batch at a time. */
export function csvStream<Row>(columns: CsvColumns<Row>, batches: AsyncIterable<Row[]>): Readable {
  return Readable.from(linesOf(columns, batches))
}

async function* linesOf<Row>(columns: CsvColumns<Row>, batches: AsyncIterable<Row[]>) {
  const values = Object.values(columns)
  yield BYTE_ORDER_MARK + lines([Object.keys(columns)])
  for await (const rows of batches) {
    if (rows.length > 0) yield lines(rows.map((row) => values.map((value) => value(row))))
  }
}

const NUMBER = /^-?\d+(?:\.\d+)?$/

/** A cell that a spreadsheet would run as a formula is written as text; a negative amount is none. */
function lines(rows: unknown[][]) {
  return stringify(rows, {
    escape_formulas: true,
    cast: {
      boolean: (value) => (value ? 'yes' : 'no'),
      string: (value) => (NUMBER.test(value) ? { value, escape_formulas: false } : value),
    },
  })
}
