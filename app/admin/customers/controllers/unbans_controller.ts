import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { UnbanCustomer } from '#customers/actions/unban_customer'
import { BulkPage } from '#admin/customers/bulk_page'

@inject()
export default class UnbansController {
  constructor(
    private page: BulkPage,
    private unbanCustomer: UnbanCustomer
  ) {}

  async create(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'customers.ban')
    return this.page.preview(ctx, 'admin/customers/unban')
  }

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'customers.ban')
    return this.page.apply(ctx, 'unbans', (customerId) => this.unbanCustomer.handle({ customerId, actor: ctx.actor }))
  }
}
