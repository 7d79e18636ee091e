import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import { Clock } from '#core/clock'
import Broadcast from '#broadcasts/models/broadcast'
import { permission } from '#admin/abilities/permissions'
import { scheduleInput } from '#admin/broadcasts/form/schedule_input'
import { earlierBroadcasts } from '#admin/broadcasts/page/earlier_broadcasts'
import { ReviewPage } from '#admin/broadcasts/page/review_page'
import { scheduleLabel } from '#admin/broadcasts/page/schedule_label'
import { pathTo } from '#admin/broadcasts/paths'

const validator = vine.create({
  mode: vine.enum(['now', 'moment', 'local'] as const).optional(),
  local: vine.string().maxLength(30).optional(),
  against: vine.string().maxLength(10).optional(),
})

/** What would happen if the draft were scheduled now. */
@inject()
export default class ReviewsController {
  constructor(
    private clock: Clock,
    private page: ReviewPage
  ) {}

  async show({ auth, bouncer, params, request, response, view }: HttpContext) {
    await bouncer.authorize(permission, 'broadcasts.send')
    const broadcast = await Broadcast.findByOrFail('reference', params.reference)
    if (broadcast.status !== 'draft') return response.redirect().toPath(pathTo(broadcast.reference))

    const { mode = 'now', local = '', against } = await validator.validate(request.qs())
    const zone = auth.getUserOrFail().timeZone
    const schedule = { mode, local }
    const earlier = await earlierBroadcasts()
    const compared = earlier.find(({ reference }) => reference === against) ?? earlier.at(0)
    const review = await this.page.build(broadcast, scheduleInput(schedule, zone), compared?.id ?? null)
    return view.render('admin/broadcasts/review', {
      broadcast,
      review,
      schedule,
      label: scheduleLabel({ schedule }, zone, this.clock.now()),
      earlier,
      compared,
    })
  }
}
