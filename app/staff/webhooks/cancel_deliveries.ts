import type { Trx } from '#core/database/transaction'

/** Drops what a webhook is still owed; tells how many. */
export async function cancelDeliveries(trx: Trx, apiKeyId: number): Promise<number> {
  const changed = await trx
    .from('webhook_deliveries')
    .where({ api_key_id: apiKeyId, status: 'waiting' })
    .update({ status: 'cancelled', next_attempt_at: null })
  return Number([changed].flat()[0])
}
