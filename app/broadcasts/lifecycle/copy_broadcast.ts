import type { Trx } from '#core/database/transaction'
import { newReference } from '#core/reference'
import { replaceVariants } from '#broadcasts/content/replace_variants'
import { VariantSet } from '#broadcasts/content/variant_set'
import Broadcast from '#broadcasts/models/broadcast'
import type { SchedulePlan } from '#broadcasts/schedule/plan'
import type { Recurrence } from '#broadcasts/values'

interface CopyOptions {
  status: 'draft' | 'scheduled'
  recurrence: Recurrence
  createdBy: number | null
  now: number
  plan?: SchedulePlan
  seriesId?: number
  approvedBy?: number | null
}

/** Content as it is now, audience and rules of a broadcast in a new one that has not begun. */
export async function copyBroadcast(trx: Trx, source: Broadcast, options: CopyOptions): Promise<Broadcast> {
  const { plan, now, ...columns } = options
  const copy = await Broadcast.create(
    {
      ...columns,
      ...plan,
      reference: newReference(),
      title: source.title,
      category: source.category,
      audience: source.audience,
      defaultLocale: source.defaultLocale,
      quietFrom: source.quietFrom,
      quietTo: source.quietTo,
      sendOnceKey: source.sendOnceKey,
      paid: source.paid,
      abShare: source.abShare,
      version: 1,
      revision: 1,
      createdAt: now,
      updatedAt: now,
    },
    { client: trx }
  )
  const { variants } = await VariantSet.load(trx, source)
  await replaceVariants(trx, copy, variants)
  return copy.refresh()
}
