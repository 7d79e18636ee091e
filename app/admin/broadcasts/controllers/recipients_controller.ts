import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import Broadcast from '#broadcasts/models/broadcast'
import { permission } from '#admin/abilities/permissions'
import { RECIPIENT_FILTERS, recipientsList } from '#admin/broadcasts/lists/recipients_list'
import { recipientsCsv } from '#admin/broadcasts/lists/recipients_csv'
import { outcomeTone, reasonText } from '#admin/broadcasts/page/outcome_words'
import { words } from '#admin/broadcasts/words'
import { LANGUAGES } from '#customers/languages'
import { renderList } from '#admin/shared/render_list'

/** A search that finds more than this is no search. */
const MOST_FOUND = 10_000

@inject()
export default class RecipientsController {
  constructor(private clock: Clock) {}

  async index(ctx: HttpContext) {
    await ctx.bouncer.authorize(permission, 'broadcasts.view')
    const broadcast = await Broadcast.findByOrFail('reference', ctx.params.reference)
    const list = recipientsList(broadcast)
    if (ctx.request.qs().format === 'csv') return this.#csv(ctx, broadcast, list)
    return renderList(ctx, list, 'admin/broadcasts/recipients', this.clock.now(), {
      broadcast,
      outcomes: RECIPIENT_FILTERS.map((value) => ({ value, text: words(`outcomes.${value}`) })),
      languages: LANGUAGES.map((value) => ({ value, text: words(`languages.${value}`) })),
      outcomeTone,
      reasonText,
    })
  }

  async #csv(
    { request, response }: HttpContext,
    { id, reference }: Broadcast,
    list: ReturnType<typeof recipientsList>
  ) {
    const state = list.state(request.qs())
    const found = state.q === '' ? null : new Set(await list.ids(state, this.clock.now(), MOST_FOUND))
    response.header('content-type', 'text/csv; charset=utf-8')
    response.header('content-disposition', `attachment; filename="broadcast-${reference}-recipients.csv"`)
    return response.stream(recipientsCsv(id, { ...Object.fromEntries(state.filters), ids: found }))
  }
}
