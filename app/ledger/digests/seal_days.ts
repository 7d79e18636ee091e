import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { dayOf, DayDigest, endOf, GENESIS } from '#ledger/digests/digest'
import { transferSlices } from '#ledger/digests/transfer_slices'
import LedgerDigest from '#ledger/models/ledger_digest'

/**
 * After midnight UTC: transactions that had taken their ids before have ended by then, so that nothing appears below
 * the watermark any more.
 */
const GRACE_MS = 15 * 60_000

/** Seals each day that is over, the days without a transfer too. */
@inject()
export class SealDays {
  constructor(private clock: Clock) {}

  async handle(signal?: AbortSignal): Promise<LedgerDigest[]> {
    const sealed: LedgerDigest[] = []
    for (;;) {
      const previous = await LedgerDigest.query().orderBy('id', 'desc').first()
      const day = previous ? dayOf(endOf(previous.day)) : await firstDay()
      if (!day || endOf(day) + GRACE_MS > this.clock.now() || signal?.aborted) return sealed
      sealed.push(await this.#seal(day, previous))
    }
  }

  async #seal(day: string, previous: LedgerDigest | null) {
    const after = previous?.lastTransferId ?? 0
    const last = Math.max(after, await watermark(endOf(day)))
    const digest = new DayDigest(previous?.digest ?? GENESIS, day)
    for await (const slice of transferSlices(after, last)) slice.forEach((transfer) => digest.add(transfer))
    const { transfers } = digest
    const sealedAt = this.clock.now()
    return LedgerDigest.create({ day, lastTransferId: last, transfers, digest: digest.value(), sealedAt })
  }
}

async function firstDay() {
  const first = await db.from('ledger_transfers').orderBy('created_at').orderBy('id').select('created_at').first()
  return first ? dayOf(first.created_at) : null
}

/** The last transfer before the moment; a later id that tells an earlier time falls into the next day. */
async function watermark(moment: number): Promise<number> {
  const row = await db
    .from('ledger_transfers')
    .where('created_at', '<', moment)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .select('id')
    .first()
  return row?.id ?? 0
}
