import { parseMoney } from '#core/money/parse_money'
import { ok, refuse } from '#core/result'

/**
 * Reads a number of Stars as people type it: `1 000`, not `1,000` (which may mean two things), no fraction. Whether it
 * is for sale is for the quote to say. Refuses as `parseMoney`: `not_a_number`, `ambiguous_separator`, `too_precise`,
 * `too_large`.
 */
export function parseStars(text: string) {
  const parsed = parseMoney(text, 'STARS')
  if (!parsed.ok) return parsed
  const stars = Number(parsed.value.minor)
  return Number.isSafeInteger(stars) ? ok(stars) : refuse('too_large')
}
