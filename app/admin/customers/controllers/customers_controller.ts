import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import { CustomerProfileQuery } from '#customers/queries/customer_profile_query'
import { CustomerTimelineQuery } from '#customers/queries/customer_timeline_query'
import { CustomerBalancesQuery } from '#ledger/queries/customer_balances_query'
import { CustomerBalancesAtQuery } from '#ledger/queries/customer_balances_at_query'
import { CustomerMessagesQuery } from '#notifications/queries/customer_messages_query'
import { CustomerBets } from '#admin/customers/customer_bets'
import { CustomerChain } from '#admin/customers/customer_chain'
import { customerMissions } from '#admin/customers/customer_missions'
import { customerMoney } from '#admin/customers/customer_money'
import { customersList } from '#admin/customers/customers_list'
import { instantOf, localTimeOf } from '#admin/shared/local_time'
import { renderList } from '#admin/shared/render_list'
import { parseIdentifier } from '#admin/shared/list_filters'

const TIMELINE_PAGE = 20

@inject()
export default class CustomersController {
  constructor(
    private clock: Clock,
    private profile: CustomerProfileQuery,
    private messages: CustomerMessagesQuery,
    private timeline: CustomerTimelineQuery,
    private balances: CustomerBalancesQuery,
    private balancesAt: CustomerBalancesAtQuery,
    private chain: CustomerChain,
    private bets: CustomerBets
  ) {}

  async index(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'customers.view')
    return renderList(ctx, customersList, 'admin/customers/index', this.clock.now())
  }

  async show({ auth, bouncer, params, request, view }: HttpContext) {
    await bouncer.authorize('permission', 'customers.view')
    const { customer, referrer, invited, news } = await this.profile.run(Number(params.id))

    const kinds = this.timeline.kinds()
    const kind = kinds.find((known) => known === request.input('kind'))
    const older = parseIdentifier(String(request.input('before', '')))
    const before = older ?? this.clock.now() + 1
    const timeline = await this.timeline.run(customer.id, { kind, before, limit: TIMELINE_PAGE })
    const messages = await this.messages.run(customer.id)

    const { timeZone } = auth.getUserOrFail()
    const at = instantOf(String(request.input('at')), timeZone)

    return view.render('admin/customers/show', {
      ...{ at, atLocal: localTimeOf(at ?? this.clock.now(), timeZone), balances: await this.balances.run(customer.id) },
      money: await customerMoney(customer.id, timeZone, this.clock.now()),
      chain: await this.chain.of(customer.id),
      missions: await customerMissions(customer.id),
      bets: await this.bets.of(customer.id),
      past: at === undefined ? null : await this.balancesAt.run(customer.id, at),
      ...{ customer, referrer, invited, news },
      ...{ kinds, kind, timeline, isOlder: older !== undefined, messages },
    })
  }
}
