import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import { RetryNotifications, RETRYABLE } from '#notifications/actions/retry_notifications'
import { ChosenNotificationsQuery } from '#notifications/queries/chosen_notifications_query'
import { notificationsList } from '#admin/notifications/notifications_list'
import { readSelection } from '#admin/shared/selection'
import { panelText } from '#admin/shared/words'

@inject()
export default class RetriesController {
  constructor(
    private clock: Clock,
    private chosenNotifications: ChosenNotificationsQuery,
    private retryNotifications: RetryNotifications
  ) {}

  async create({ bouncer, request, response, session, view }: HttpContext) {
    await bouncer.authorize('permission', 'notifications.manage')
    const { ids, isCut } = await readSelection(notificationsList, request.qs(), this.clock.now())
    if (ids.length === 0) {
      session.flash('warning', panelText('notifications.none_chosen'))
      return response.redirect().toPath('/admin/notifications')
    }
    const chosen = await this.chosenNotifications.run(ids, RETRYABLE, { toSendAgain: true })
    return view.render('admin/notifications/retry', { ids, isCut, chosen })
  }

  async store({ actor, bouncer, request, response, session }: HttpContext) {
    await bouncer.authorize('permission', 'notifications.manage')
    const { ids } = await readSelection(notificationsList, { ids: request.input('ids') }, this.clock.now())
    const count = await this.retryNotifications.handle({ ids, actor })
    session.flash(count > 0 ? 'success' : 'warning', panelText('notifications.retries.done', { count }))
    return response.redirect().toPath(ids.length === 1 ? `/admin/notifications/${ids[0]}` : '/admin/notifications')
  }
}
