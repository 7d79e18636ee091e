import app from '@adonisjs/core/services/app'
import { ChainOverviewQuery } from '#stats/queries/chain_overview_query'
import { CustomersOverviewQuery } from '#stats/queries/customers_overview_query'
import { MarketsOverviewQuery } from '#stats/queries/markets_overview_query'
import { MoneyOverviewQuery } from '#stats/queries/money_overview_query'
import { OutboxOverviewQuery } from '#stats/queries/outbox_overview_query'

/** Numbers beside the entries of the sidebar; all come from memory or were counted seconds ago. */
export async function countCustomers() {
  const query = await app.container.make(CustomersOverviewQuery)
  return query.total()
}

/** Messages of which nobody knows whether they arrived. */
export async function countUnknownMessages() {
  const query = await app.container.make(OutboxOverviewQuery)
  return query.unknown()
}

/** Payments that don't fit and wait for a person. */
export async function countBreaks() {
  const query = await app.container.make(MoneyOverviewQuery)
  return query.openBreaks()
}

/** Orders that a person must deliver or look at. */
export async function countDeliveries() {
  const query = await app.container.make(MoneyOverviewQuery)
  return query.deliveries()
}

/** Withdrawals that wait for an admin's consent. */
export async function countWithdrawals() {
  const query = await app.container.make(ChainOverviewQuery)
  return query.withdrawals()
}

/** Operations of the chain that a person must look at. */
export async function countStuckOperations() {
  const query = await app.container.make(ChainOverviewQuery)
  return query.stuck()
}

/** Markets that wait for somebody to say how they ended. */
export async function countMarketsToResolve() {
  const query = await app.container.make(MarketsOverviewQuery)
  return query.awaiting()
}
