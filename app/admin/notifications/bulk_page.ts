import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import type { NotificationStatus } from '#notifications/models/notification'
import { ChosenNotificationsQuery } from '#notifications/queries/chosen_notifications_query'
import { notificationsList } from '#admin/notifications/notifications_list'
import { readSelection } from '#admin/shared/selection'
import { panelText } from '#admin/shared/words'

interface BulkAction {
  /** Its words and routes. */
  name: 'cancellations' | 'retries'
  statuses: readonly NotificationStatus[]
  toSendAgain: boolean
}

/** An action on the messages that were chosen in the list: what it would do is shown first. */
@inject()
export class BulkPage {
  constructor(
    private clock: Clock,
    private chosenNotifications: ChosenNotificationsQuery
  ) {}

  async preview({ request, response, session, view }: HttpContext, { name, statuses, toSendAgain }: BulkAction) {
    const { ids, isCut } = await readSelection(notificationsList, request.qs(), this.clock.now())
    if (ids.length === 0) {
      session.flash('warning', panelText('notifications.none_chosen'))
      return response.redirect().toPath('/admin/notifications')
    }
    const chosen = await this.chosenNotifications.run(ids, statuses, { toSendAgain })
    return view.render('admin/notifications/bulk', { ids, isCut, chosen, name })
  }

  /** `act` returns how many messages it changed. */
  async apply(
    { request, response, session }: HttpContext,
    name: BulkAction['name'],
    act: (ids: number[]) => Promise<number>
  ) {
    const { ids } = await readSelection(notificationsList, { ids: request.input('ids') }, this.clock.now())
    const count = await act(ids)
    session.flash(count > 0 ? 'success' : 'warning', panelText(`notifications.${name}.done`, { count }))
    return response.redirect().toPath(ids.length === 1 ? `/admin/notifications/${ids[0]}` : '/admin/notifications')
  }
}
