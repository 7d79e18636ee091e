import type { Trx } from '#core/database/transaction'
import type Broadcast from '#broadcasts/models/broadcast'
import BroadcastVariant from '#broadcasts/models/broadcast_variant'

/** What the audit log keeps of a draft: all that decides what is sent to whom. */
export async function broadcastSnapshot(trx: Trx, broadcast: Broadcast) {
  const variants = await BroadcastVariant.query({ client: trx })
    .where({ broadcastId: broadcast.id, version: broadcast.version })
    .orderBy(['locale', 'variant'])
  return {
    title: broadcast.title,
    category: broadcast.category,
    audience: broadcast.audience,
    defaultLocale: broadcast.defaultLocale,
    quietHours: broadcast.quietHours,
    sendOnceKey: broadcast.sendOnceKey,
    paid: broadcast.paid,
    abShare: broadcast.abShare,
    recurrence: broadcast.recurrence,
    version: broadcast.version,
    variants: variants.map(({ locale, variant, html, buttons, mediaKey }) => ({
      locale,
      variant,
      html,
      buttons,
      mediaKey,
    })),
  }
}
