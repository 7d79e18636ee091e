import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import { UnbanCustomer } from '#customers/actions/unban_customer'
import { ChosenCustomersQuery } from '#customers/queries/chosen_customers_query'
import { answerBulk } from '#admin/customers/bulk_answer'
import { customersList } from '#admin/customers/customers_list'
import { readSelection } from '#admin/shared/selection'
import { panelText } from '#admin/shared/words'

/** Lifts the ban of one customer or many. */
@inject()
export default class UnbansController {
  constructor(
    private clock: Clock,
    private chosenCustomers: ChosenCustomersQuery,
    private unbanCustomer: UnbanCustomer
  ) {}

  async create({ bouncer, request, response, session, view }: HttpContext) {
    await bouncer.authorize('permission', 'customers.ban')
    const selection = await readSelection(customersList, request.qs(), this.clock.now())
    const customers = await this.chosenCustomers.run(selection.ids)
    if (customers.length === 0) {
      session.flash('warning', panelText('customers.none_chosen'))
      return response.redirect().toPath('/admin/customers')
    }
    return view.render('admin/customers/unban', { customers, isCut: selection.isCut })
  }

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'customers.ban')
    const { ids } = await readSelection(customersList, { ids: ctx.request.input('ids') }, this.clock.now())
    return answerBulk(ctx, 'unbans', ids, (customerId) => this.unbanCustomer.handle({ customerId, actor: ctx.actor }))
  }
}
