import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import { parseJson } from '#core/database/columns'
import Broadcast from '#broadcasts/models/broadcast'
import Customer from '#customers/models/customer'
import { CANCELLABLE } from '#notifications/actions/cancel_notifications'
import { RETRYABLE } from '#notifications/actions/retry_notifications'
import Notification from '#notifications/models/notification'
import { NotificationText } from '#notifications/text/notification_text'
import { notificationsList, priorityName, type NotificationRow } from '#admin/notifications/notifications_list'
import { renderList } from '#admin/shared/render_list'

@inject()
export default class NotificationsController {
  constructor(
    private clock: Clock,
    private text: NotificationText
  ) {}

  async index(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'notifications.view')
    const excerptOf = ({ template, params }: NotificationRow) =>
      this.text.excerpt({ template, params: parseJson(params) })
    return renderList(ctx, notificationsList, 'admin/notifications/index', this.clock.now(), { excerptOf })
  }

  async show({ bouncer, params, view }: HttpContext) {
    await bouncer.authorize('permission', 'notifications.view')
    const message = await Notification.findOrFail(params.id)
    const customer = message.customerId === null ? null : await Customer.find(message.customerId)
    const broadcast = message.broadcastId === null ? null : await Broadcast.find(message.broadcastId)
    return view.render('admin/notifications/show', {
      ...{ message, customer, broadcast, text: this.text.full(message) },
      priority: priorityName(message.priority),
      mayRetry: message.broadcastId === null && RETRYABLE.includes(message.status),
      mayCancel: CANCELLABLE.includes(message.status),
    })
  }
}
