import type { Trx } from '#core/database/transaction'
import type { StoredVariant } from '#broadcasts/content/variant_set'
import type Broadcast from '#broadcasts/models/broadcast'
import BroadcastVariant from '#broadcasts/models/broadcast_variant'

/** Puts these variants in the place of all that the broadcast's current version has. */
export async function replaceVariants(trx: Trx, broadcast: Broadcast, variants: StoredVariant[]) {
  await BroadcastVariant.query({ client: trx })
    .where({ broadcastId: broadcast.id, version: broadcast.version })
    .delete()
  await BroadcastVariant.createMany(
    variants.map(({ locale, variant, html, buttons, mediaKey }) => ({
      broadcastId: broadcast.id,
      version: broadcast.version,
      locale,
      variant,
      html,
      buttons,
      mediaKey,
    })),
    { client: trx }
  )
}
