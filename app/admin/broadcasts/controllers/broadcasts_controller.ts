import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import { permission } from '#admin/abilities/permissions'
import { broadcastsList } from '#admin/broadcasts/lists/broadcasts_list'
import { left, localTime, statusTabs, statusTone } from '#admin/broadcasts/page/list_words'
import { progressChannel } from '#admin/broadcasts/live/progress_feed'
import { ShowPage } from '#admin/broadcasts/page/show_page'
import Broadcast from '#broadcasts/models/broadcast'
import { pathTo } from '#admin/broadcasts/paths'
import { reasonText } from '#admin/broadcasts/page/outcome_words'
import { words } from '#admin/broadcasts/words'
import { renderList } from '#admin/shared/render_list'
import { CreateBroadcast } from '#broadcasts/actions/create_broadcast'
import { NEWS_CATEGORIES } from '#customers/news_categories'

@inject()
export default class BroadcastsController {
  constructor(
    private clock: Clock,
    private page: ShowPage,
    private createBroadcast: CreateBroadcast
  ) {}

  async index(ctx: HttpContext) {
    await ctx.bouncer.authorize(permission, 'broadcasts.view')
    return renderList(ctx, broadcastsList, 'admin/broadcasts/index', this.clock.now(), {
      tabs: statusTabs(ctx.request.qs().status),
      categories: NEWS_CATEGORIES.map((value) => ({ value, text: words(`categories.${value}`) })),
      statusTone,
      localTime,
      left,
    })
  }

  async store({ actor, bouncer, response }: HttpContext) {
    await bouncer.authorize(permission, 'broadcasts.edit')
    const result = await this.createBroadcast.handle({ title: words('untitled'), actor })
    if (!result.ok) throw new Error(`An empty broadcast was refused: ${result.refusal.code}`)
    return response.redirect().toPath(pathTo(`${result.value.reference}/edit`))
  }

  /** A draft is shown where it is written, to those who may write. */
  async show({ auth, bouncer, params, response, view }: HttpContext) {
    await bouncer.authorize(permission, 'broadcasts.view')
    const broadcast = await Broadcast.findByOrFail('reference', params.reference)
    const admin = auth.getUserOrFail()
    if (broadcast.status === 'draft' && admin.may('broadcasts.edit')) {
      return response.redirect().toPath(pathTo(`${broadcast.reference}/edit`))
    }
    return view.render('admin/broadcasts/show', {
      ...(await this.page.build(broadcast, admin.timeZone)),
      reasonText,
      channel: progressChannel(broadcast.reference),
      statusTone,
      localTime,
    })
  }
}
