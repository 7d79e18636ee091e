import vine from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import { fieldProblem } from '#api/integration/problems'
import { apiText } from '#api/integration/words'

export const MOST_ROWS = 100
const USUAL_ROWS = 20

const paging = vine.create({
  page: vine.number().withoutDecimals().range([1, 1_000_000]).optional(),
  limit: vine.number().withoutDecimals().range([1, MOST_ROWS]).optional(),
})

/** `page` and `limit` of a list. */
export async function pageOf({ request }: HttpContext) {
  const { page = 1, limit = USUAL_ROWS } = await paging.validate(request.qs())
  return { page, perPage: limit }
}

interface Page<Row> {
  total: number
  currentPage: number
  perPage: number
  lastPage: number
  all(): Row[]
}

/** A page of a list, each row with the `fields` that were asked for. */
export function listAnswer<Row, Answer extends object>(
  { request }: HttpContext,
  known: readonly string[],
  page: Page<Row>,
  answerOf: (row: Row) => Answer
) {
  const fields = chosenFields(request.qs().fields, known)
  return {
    success: true,
    data: page.all().map((row) => pick(answerOf(row), fields)),
    page: page.currentPage,
    limit: page.perPage,
    total: page.total,
    pages: page.lastPage,
  }
}

function chosenFields(asked: unknown, known: readonly string[]): readonly string[] {
  if (asked === undefined || asked === '') return known
  const fields = String(asked).split(',')
  const name = fields.find((field) => !known.includes(field))
  if (name === undefined) return fields
  throw fieldProblem('fields', 'enum', apiText('fields.unknown', { name, known: known.join(', ') }))
}

const pick = (answer: object, fields: readonly string[]) =>
  Object.fromEntries(Object.entries(answer).filter(([name]) => fields.includes(name)))
