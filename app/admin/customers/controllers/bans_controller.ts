import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import { BanCustomer } from '#customers/actions/ban_customer'
import { ChosenCustomersQuery } from '#customers/queries/chosen_customers_query'
import { WaitingMessagesQuery } from '#notifications/queries/waiting_messages_query'
import { answerBulk } from '#admin/customers/bulk_answer'
import { customersList } from '#admin/customers/customers_list'
import { banValidator } from '#admin/customers/validators/customer_validators'
import { readSelection } from '#admin/shared/selection'
import { panelText } from '#admin/shared/words'

/** Bans one customer or many: what it does is shown first. */
@inject()
export default class BansController {
  constructor(
    private clock: Clock,
    private chosenCustomers: ChosenCustomersQuery,
    private waitingMessages: WaitingMessagesQuery,
    private banCustomer: BanCustomer
  ) {}

  async create({ bouncer, request, response, session, view }: HttpContext) {
    await bouncer.authorize('permission', 'customers.ban')
    const selection = await readSelection(customersList, request.qs(), this.clock.now())
    const customers = await this.chosenCustomers.run(selection.ids)
    if (customers.length === 0) {
      session.flash('warning', panelText('customers.none_chosen'))
      return response.redirect().toPath('/admin/customers')
    }
    const waiting = await this.waitingMessages.run(selection.ids)
    return view.render('admin/customers/ban', { customers, waiting, isCut: selection.isCut })
  }

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'customers.ban')
    const { reason } = await ctx.request.validateUsing(banValidator)
    const { ids } = await readSelection(customersList, { ids: ctx.request.input('ids') }, this.clock.now())
    return answerBulk(ctx, 'bans', ids, (customerId) =>
      this.banCustomer.handle({ customerId, reason, actor: ctx.actor })
    )
  }
}
