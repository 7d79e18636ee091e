import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { CancelNotifications, CANCELLABLE } from '#notifications/actions/cancel_notifications'
import { BulkPage } from '#admin/notifications/bulk_page'

@inject()
export default class CancellationsController {
  constructor(
    private page: BulkPage,
    private cancelNotifications: CancelNotifications
  ) {}

  async create(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'notifications.manage')
    return this.page.preview(ctx, { name: 'cancellations', statuses: CANCELLABLE, toSendAgain: false })
  }

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'notifications.manage')
    return this.page.apply(ctx, 'cancellations', (ids) => this.cancelNotifications.handle({ ids, actor: ctx.actor }))
  }
}
