import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { AnonymiseCustomer } from '#customers/actions/anonymise_customer'
import Customer from '#customers/models/customer'
import { flashResult } from '#admin/shared/flash_result'
import { panelText } from '#admin/shared/words'

/** Forgets who a customer is, for good: what goes and what stays is shown first. */
@inject()
export default class AnonymisationsController {
  constructor(private anonymiseCustomer: AnonymiseCustomer) {}

  async create({ bouncer, params, view }: HttpContext) {
    await bouncer.authorize('permission', 'customers.anonymise')
    const customer = await Customer.findOrFail(params.id)
    return view.render('admin/customers/anonymise', { customer })
  }

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'customers.anonymise')
    const customerId = Number(ctx.params.id)
    const result = await this.anonymiseCustomer.handle({ customerId, actor: ctx.actor })
    flashResult(ctx, result, panelText('customers.anonymisation.done'))
    return ctx.response.redirect().toPath(`/admin/customers/${customerId}`)
  }
}
