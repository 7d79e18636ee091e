import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { BanCustomer } from '#customers/actions/ban_customer'
import { WaitingMessagesQuery } from '#notifications/queries/waiting_messages_query'
import { BulkPage } from '#admin/customers/bulk_page'
import { banValidator } from '#admin/customers/validators/customer_validators'

@inject()
export default class BansController {
  constructor(
    private page: BulkPage,
    private waitingMessages: WaitingMessagesQuery,
    private banCustomer: BanCustomer
  ) {}

  async create(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'customers.ban')
    return this.page.preview(ctx, 'admin/customers/ban', async (ids) => ({
      waiting: await this.waitingMessages.run(ids),
    }))
  }

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'customers.ban')
    const { reason } = await ctx.request.validateUsing(banValidator)
    return this.page.apply(ctx, 'bans', (customerId) =>
      this.banCustomer.handle({ customerId, reason, actor: ctx.actor })
    )
  }
}
