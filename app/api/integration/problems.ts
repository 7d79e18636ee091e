import { Problem } from '#core/exceptions/problem'
import type { Refusal } from '#core/result'
import { apiText } from '#api/integration/words'

type Params = Record<string, string | number>

const RETRY_SECONDS = '30'

/** What a refusal is in the words of HTTP; any other is a conflict with how things stand. */
const STATUSES: Record<string, number> = {
  customer_not_found: 404,
  wallet_not_found: 404,
  entry_not_found: 404,
  customer_banned: 403,
  idempotency_conflict: 422,
  chain_off: 503,
  raffle_off: 503,
  chain_unavailable: 503,
}

export const problem = (status: number, code: string, params?: Params, headers?: Record<string, string>) =>
  new Problem({ status, code, detail: apiText(`problems.${code}`, params), params, headers })

/** Why an action did not do it. */
export function refusal({ code, params }: Refusal): Problem {
  const status = STATUSES[code] ?? 409
  const detail = apiText(`refusals.${code}`, params, apiText('refusals.unknown', { code }))
  const headers: Record<string, string> = status === 503 ? { 'retry-after': RETRY_SECONDS } : {}
  return new Problem({ status, code, detail, params, headers })
}

/** One field is wrong. */
export const fieldProblem = (field: string, rule: string, message: string) =>
  new Problem({
    status: 422,
    code: 'validation_failed',
    detail: apiText('problems.validation_failed'),
    errors: [{ field, rule, message }],
  })
