import type { Trx } from '#core/database/transaction'
import MediaFile from '#notifications/models/media_file'
import type { StoredVariant } from '#broadcasts/content/variant_set'
import type { BroadcastProblem } from '#broadcasts/problems'

/** Problems of variants that name an image nobody uploaded. */
export async function findMissingMedia(trx: Trx, variants: StoredVariant[]): Promise<BroadcastProblem[]> {
  const keys = variants.flatMap(({ mediaKey }) => mediaKey ?? [])
  if (keys.length === 0) return []
  const files = await MediaFile.query({ client: trx }).whereIn('key', keys).select('key')
  const known = new Set(files.map(({ key }) => key))
  return variants
    .filter(({ mediaKey }) => mediaKey && !known.has(mediaKey))
    .map(({ locale, variant }) => ({ field: `variants.${locale}.${variant}.mediaKey`, code: 'unknown_image' }))
}
