import app from '@adonisjs/core/services/app'
import { Outbox } from '#core/contracts/outbox'
import { Ledger } from '#ledger/ledger'
import { TrackRecords } from '#markets/bettors/track_records'
import { FinishSettlement } from '#markets/settlement/finish_settlement'
import { SettleBatch } from '#markets/settlement/settle_batch'
import { Settlements } from '#markets/settlement/settlements'

/** Tells the parent, and waits to be killed. */
function halt() {
  process.send!({ halted: true })
  return new Promise<never>(() => setInterval(() => {}, 60_000))
}

type Class<T> = abstract new (...args: any[]) => T

/**
 * Settles and stops dead in a step, before or after `records`, `money`, `news`, the whole `batch` or the `finish`:
 * `after:money`. `step` counts from 1.
 */
export default async function settleAndHalt(settlementId: number, point: string, step = 1) {
  await haltAround(TrackRecords, ['betsSettled', 'betsReversed'], 'records', point, step)
  await haltAround(Ledger, ['transferAll'], 'money', point, step)
  await haltAround(Outbox, ['write'], 'news', point, step)
  await haltAround(SettleBatch, ['handle'], 'batch', point, step)
  await haltAround(FinishSettlement, ['handle'], 'finish', point, step)
  const settlements = await app.container.make(Settlements)
  await settlements.run(settlementId)
}

/** Wraps methods of what the container makes, for everything that is made after it. */
async function haltAround<T extends object>(
  service: Class<T>,
  methods: Array<keyof T>,
  name: string,
  point: string,
  step: number
) {
  const one: any = await app.container.make(service as any)
  let calls = 0
  for (const method of methods) {
    const call = one[method].bind(one)
    one[method] = async (...args: unknown[]) => {
      const isThere = ++calls === step
      if (isThere && point === `before:${name}`) await halt()
      const answer = await call(...args)
      if (isThere && point === `after:${name}`) await halt()
      return answer
    }
  }
  app.container.swap(service as any, () => one)
}
