import type { Trx } from '#core/database/transaction'

type Dispatchable<P> = {
  dispatch(payload: P): { with(adapter: any): any }
}

/**
 * Writes a job inside the transaction that causes it: it exists if and only if that transaction commits.
 * `Job.dispatch()` alone takes another connection, which hangs on SQLite and escapes the transaction on PostgreSQL.
 */
export async function enqueue<P>(
  trx: Trx,
  job: Dispatchable<P>,
  payload: P,
  options: { delayMs?: number; dedup?: string } = {}
) {
  const { knex } = await import('@boringnode/queue/drivers/knex_adapter')
  let dispatcher = job.dispatch(payload).with(knex(trx.knexClient as any))
  if (options.delayMs) dispatcher = dispatcher.in(options.delayMs)
  if (options.dedup) dispatcher = dispatcher.dedup({ id: options.dedup })
  await dispatcher
}
