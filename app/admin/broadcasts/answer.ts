import type { HttpContext } from '@adonisjs/core/http'
import type { Refusal, Result } from '#core/result'
import { pathTo } from '#admin/broadcasts/paths'
import { hasWords, words } from '#admin/broadcasts/words'

/** What an action refused, in words: what happened and what to do. */
export function refusalWords(refusal: Refusal & { problems?: readonly Refusal[] }): string {
  const { code, params } = refusal.problems?.[0] ?? refusal
  if (code === 'wrong_status') return words('refusals.wrong_status', { status: words(`statuses.${params!.status}`) })
  return words(hasWords(`refusals.${code}`) ? `refusals.${code}` : `problems.${code}`, params)
}

/** Says how it went and goes back to the broadcast. */
export function answer(
  { response, session }: HttpContext,
  result: Result<unknown>,
  { reference, done, to = reference }: { reference: string; done: string; to?: string }
) {
  if (result.ok) session.flash('success', words(done))
  else session.flash('error', refusalWords(result.refusal))
  return response.redirect().toPath(pathTo(to))
}
