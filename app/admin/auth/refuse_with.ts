import type { HttpContext } from '@adonisjs/core/http'
import type { Refusal } from '#core/result'
import { refusalText } from '#admin/shared/words'

/** Shows the form again with the reason: 429 when one has to wait, else 422. */
export async function refuseWith(
  { response, view }: HttpContext,
  refusal: Refusal,
  template: string,
  data: Record<string, unknown> = {}
) {
  const page = await view.render(template, { ...data, problem: refusalText(refusal) })
  const seconds = refusal.params?.seconds
  if (seconds === undefined) return response.status(422).send(page)
  return response.header('retry-after', String(seconds)).status(429).send(page)
}
