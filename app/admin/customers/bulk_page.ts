import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import type { Result } from '#core/result'
import { ChosenCustomersQuery } from '#customers/queries/chosen_customers_query'
import { customersList } from '#admin/customers/customers_list'
import { forEachCustomer, type BulkOutcome } from '#admin/customers/each_customer'
import { readSelection } from '#admin/shared/selection'
import { panelText } from '#admin/shared/words'

type Verb = 'bans' | 'unbans'

/** An action on one customer or on those that were chosen in the list: what it would do is shown first. */
@inject()
export class BulkPage {
  constructor(
    private clock: Clock,
    private chosenCustomers: ChosenCustomersQuery
  ) {}

  /** `facts` are what the page shows beside the customers. */
  async preview(
    { request, response, session, view }: HttpContext,
    page: string,
    facts: (ids: number[]) => Promise<Record<string, unknown>> = async () => ({})
  ) {
    const { ids, isCut } = await readSelection(customersList, request.qs(), this.clock.now())
    const customers = await this.chosenCustomers.run(ids)
    if (customers.length === 0) {
      session.flash('warning', panelText('customers.none_chosen'))
      return response.redirect().toPath('/admin/customers')
    }
    return view.render(page, { customers, isCut, ...(await facts(ids)) })
  }

  /** Does it for every chosen customer, says how it went, and leads back: to the customer when it was one. */
  async apply(
    { request, response, session }: HttpContext,
    verb: Verb,
    act: (customerId: number) => Promise<Result<unknown>>
  ) {
    const { ids } = await readSelection(customersList, { ids: request.input('ids') }, this.clock.now())
    const outcome = await forEachCustomer(ids, act)
    session.flash(outcome.done > 0 ? 'success' : 'warning', wordsOf(verb, outcome))
    return response.redirect().toPath(ids.length === 1 ? `/admin/customers/${ids[0]}` : '/admin/customers')
  }
}

function wordsOf(verb: Verb, { done, refused }: BulkOutcome) {
  const refusals = [...refused].map(([code, count]) => panelText(`customers.refusals.${code}`, { count }))
  return [panelText(`customers.${verb}.done`, { count: done }), ...refusals].join(' ')
}
