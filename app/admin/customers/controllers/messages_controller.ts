import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import Customer from '#customers/models/customer'
import { TEXT_MAX_LENGTH, WriteToCustomer } from '#notifications/actions/write_to_customer'
import { messageValidator } from '#admin/customers/validators/customer_validators'
import { panelText, refusalText } from '#admin/shared/words'

/** One message of an admin to one customer. */
@inject()
export default class MessagesController {
  constructor(private writeToCustomer: WriteToCustomer) {}

  async create({ bouncer, params, view }: HttpContext) {
    await bouncer.authorize('permission', 'customers.write')
    const customer = await Customer.findOrFail(params.id)
    return view.render('admin/customers/message', { customer, maxLength: TEXT_MAX_LENGTH })
  }

  async store({ actor, bouncer, params, request, response, session }: HttpContext) {
    await bouncer.authorize('permission', 'customers.write')
    const { text } = await request.validateUsing(messageValidator)
    const result = await this.writeToCustomer.handle({ customerId: Number(params.id), text, actor })
    if (result.ok) session.flash('success', panelText('customers.message.done'))
    else session.flash('error', refusalText(result.refusal))
    return response.redirect().toPath(`/admin/customers/${params.id}`)
  }
}
