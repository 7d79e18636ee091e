import { inject } from '@adonisjs/core'
import Customer from '#customers/models/customer'
import { InvitedCountQuery } from '#customers/queries/invited_count_query'
import { NewsSubscriptionsQuery } from '#customers/queries/news_subscriptions_query'

/** Who a customer is: the row itself, who brought them, whom they brought, which news they get. */
@inject()
export class CustomerProfileQuery {
  constructor(
    private invitedCount: InvitedCountQuery,
    private newsSubscriptions: NewsSubscriptionsQuery
  ) {}

  async run(customerId: number) {
    const customer = await Customer.findOrFail(customerId)
    const [referrer, invited, news] = await Promise.all([
      customer.referrerId === null ? null : Customer.find(customer.referrerId),
      this.invitedCount.run(customer.id),
      this.newsSubscriptions.run(customer.id),
    ])
    return { customer, referrer, invited, news }
  }
}
