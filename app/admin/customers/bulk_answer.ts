import type { HttpContext } from '@adonisjs/core/http'
import { forEachCustomer, type BulkOutcome } from '#admin/customers/each_customer'
import { panelText } from '#admin/shared/words'
import type { Result } from '#core/result'

type Verb = 'bans' | 'unbans'

/** Does it for every chosen customer, says how it went, and leads back: to the customer when it was one. */
export async function answerBulk(
  { response, session }: HttpContext,
  verb: Verb,
  ids: number[],
  act: (id: number) => Promise<Result<unknown>>
) {
  const outcome = await forEachCustomer(ids, act)
  session.flash(outcome.done > 0 ? 'success' : 'warning', wordsOf(verb, outcome))
  return ids.length === 1
    ? response.redirect().toPath(`/admin/customers/${ids[0]}`)
    : response.redirect().toPath('/admin/customers')
}

function wordsOf(verb: Verb, { done, refused }: BulkOutcome) {
  const refusals = [...refused].map(([code, count]) => panelText(`customers.refusals.${code}`, { count }))
  return [panelText(`customers.${verb}.done`, { count: done }), ...refusals].join(' ')
}
