import { MarketCategorySchema } from '#database/schema'
import type { Language } from '#customers/languages'

/** What markets are sorted by. */
export default class MarketCategory extends MarketCategorySchema {
  static table = 'market_categories'

  declare names: Partial<Record<Language, string>>

  /** In the reader's language; English, or whatever there is, where it has no name of its own. */
  nameIn(language: string) {
    return this.names[language as Language] ?? this.names.en ?? Object.values(this.names)[0] ?? this.slug
  }
}
