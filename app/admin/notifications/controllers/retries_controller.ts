import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { RetryNotifications, RETRYABLE } from '#notifications/actions/retry_notifications'
import { BulkPage } from '#admin/notifications/bulk_page'

@inject()
export default class RetriesController {
  constructor(
    private page: BulkPage,
    private retryNotifications: RetryNotifications
  ) {}

  async create(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'notifications.manage')
    return this.page.preview(ctx, { name: 'retries', statuses: RETRYABLE, toSendAgain: true })
  }

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'notifications.manage')
    return this.page.apply(ctx, 'retries', (ids) => this.retryNotifications.handle({ ids, actor: ctx.actor }))
  }
}
