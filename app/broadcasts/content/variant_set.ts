import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { Language } from '#customers/languages'
import { LANGUAGES } from '#customers/languages'
import type { BroadcastButton } from '#broadcasts/buttons'
import type Broadcast from '#broadcasts/models/broadcast'
import BroadcastVariant from '#broadcasts/models/broadcast_variant'
import { VARIANTS, type Variant } from '#broadcasts/values'

/** A text as it is stored. */
export interface StoredVariant {
  locale: Language
  variant: Variant
  html: string
  buttons: BroadcastButton[][]
  mediaKey: string | null
}

/** The texts of one version of a broadcast, and which of them a reader gets. */
export class VariantSet<T extends StoredVariant = StoredVariant> {
  constructor(
    readonly defaultLocale: Language,
    readonly variants: T[],
    readonly isTest: boolean
  ) {}

  static async load(client: QueryClientContract, broadcast: Broadcast, version = broadcast.version) {
    const variants = await BroadcastVariant.query({ client })
      .where({ broadcastId: broadcast.id, version })
      .orderBy([{ column: 'locale' }, { column: 'variant' }])
    return new VariantSet(broadcast.defaultLocale, variants, broadcast.isTest)
  }

  /** Sides of the test, or the one there is. */
  get sides(): readonly Variant[] {
    return this.isTest ? VARIANTS : ['A']
  }

  find(locale: Language, variant: Variant) {
    return this.variants.find((candidate) => candidate.locale === locale && candidate.variant === variant)
  }

  /** A language without a text of its own reads the default one. */
  resolve(locale: Language, variant: Variant) {
    return this.find(locale, variant) ?? this.find(this.defaultLocale, variant)
  }

  /** Nobody would be left without a text. */
  get isComplete() {
    return this.sides.every((variant) => this.find(this.defaultLocale, variant))
  }

  /** Languages whose readers get the text of the default one. */
  get fallbacks(): Array<{ locale: Language; variant: Variant }> {
    return this.sides.flatMap((variant) =>
      LANGUAGES.filter((locale) => !this.find(locale, variant)).map((locale) => ({ locale, variant }))
    )
  }

  /** Everybody who reads a text with an image here reads one with an image there, and the other way round. */
  hasImagesLike(other: VariantSet) {
    return this.sides.every((variant) =>
      LANGUAGES.every(
        (locale) => !this.resolve(locale, variant)?.mediaKey === !other.resolve(locale, variant)?.mediaKey
      )
    )
  }
}
