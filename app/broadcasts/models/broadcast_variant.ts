import { BroadcastVariantSchema } from '#database/schema'
import type { BroadcastButton } from '#broadcasts/buttons'
import type { Language } from '#customers/languages'
import type { Variant } from '#broadcasts/values'

/** The words of a broadcast in one language, as one side of an A/B test, in one version. */
export default class BroadcastVariant extends BroadcastVariantSchema {
  static table = 'broadcast_variants'

  declare locale: Language
  declare variant: Variant
  declare buttons: BroadcastButton[][]
}
