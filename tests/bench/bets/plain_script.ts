import type { Captured } from '#tests/bench/bets/capture'
import { FIRST_CUSTOMER, FIRST_MARKET, positionId } from '#tests/bench/bets/ids'

/** What stood for the captured bet stands for any bet now: in numbers, and within text. */
type Marks = Array<{ mark: string; expression: string; isNumber: boolean }>

/**
 * The captured statements as a script of pgbench, about random customers and markets; each bet has a key and a
 * reference of its own. pgbench takes what follows a colon for a variable, in literals too: so it is `chr(58)` there.
 */
export function plainScript({ statements, customer, market, key, reference }: Captured): string {
  const marks: Marks = [
    { mark: String(positionId(market, customer)), expression: ':position', isNumber: true },
    { mark: String(customer), expression: ':customer', isNumber: true },
    { mark: String(market), expression: ':market', isNumber: true },
    { mark: reference, expression: `lpad(:bet::text, 10, '0')`, isNumber: false },
    { mark: key, expression: `'plain' || :bet::text`, isNumber: false },
  ]
  return [
    `\\set customer random(${FIRST_CUSTOMER}, ${FIRST_CUSTOMER} + :customers - 1)`,
    `\\set market random(${FIRST_MARKET}, ${FIRST_MARKET} + :markets - 1)`,
    `\\set position (:market - ${FIRST_MARKET}) * 10000 + :customer`,
    '\\set n :n + 1',
    '\\set bet :round * 100000000 + :client_id * 1000000 + :n',
    ...statements.map(({ text, values }) => `${filled(text, values, marks)};`),
  ].join('\n')
}

/** Bindings of the driver written where they belong. */
const filled = (text: string, values: unknown[], marks: Marks) =>
  text.replaceAll(/\s*\n\s*/g, ' ').replaceAll(/\$(\d+)/g, (_, place) => literal(values[Number(place) - 1], marks))

function literal(value: unknown, marks: Marks): string {
  if (value === null || value === undefined) return 'NULL'
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'number')
    return marks.find(({ mark, isNumber }) => isNumber && mark === String(value))?.expression ?? String(value)
  if (Array.isArray(value)) return array(value.map(String), marks)
  return inText(String(value), marks)
}

/** Where nothing in it varies it has no type yet, as a binding has none. */
function array(values: string[], marks: Marks): string {
  const parts = values.map((value) => inText(value, marks))
  return parts.every((part) => !part.startsWith('(')) ? `'{${values.join(',')}}'` : `ARRAY[${parts.join(', ')}]`
}

function inText(text: string, marks: Marks): string {
  const pattern = new RegExp(`(${[...marks.map(({ mark }) => mark), ':'].join('|')})`)
  const parts = text.split(pattern).filter(Boolean)
  if (parts.length === 1 && parts[0] === text && !pattern.test(text)) return quoted(text)
  return `(${parts.map((part) => expressionOf(part, marks)).join(' || ')})`
}

function expressionOf(part: string, marks: Marks): string {
  if (part === ':') return 'chr(58)'
  const found = marks.find(({ mark }) => mark === part)
  if (!found) return quoted(part)
  return found.isNumber ? `${found.expression}::text` : found.expression
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`
