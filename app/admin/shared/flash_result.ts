import type { HttpContext } from '@adonisjs/core/http'
import type { Result } from '#core/result'
import { UNFLASHED } from '#core/exceptions/unflashed'
import { refusalText } from '#admin/shared/words'

/** Says on the next page what an action did or why it refused; returns whether it was done. */
export function flashResult<T>({ session }: HttpContext, result: Result<T>, done: string): boolean {
  if (result.ok) session.flash('success', done)
  else session.flash('error', refusalText(result.refusal))
  return result.ok
}

/** Shows a refusal at the field that caused it, with what was typed except secrets. */
export function flashFieldRefusal({ session }: HttpContext, field: string, text: string) {
  session.flashExcept(UNFLASHED)
  session.flash('inputErrorsBag', { [field]: [text] })
}
