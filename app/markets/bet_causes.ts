import i18nManager from '@adonisjs/i18n/services/main'
import db from '@adonisjs/lucid/services/db'
import type { Cause, CauseSource } from '#ledger/references/references'

/** Bets and markets as the ledger's pages tell them: transfers refer to both by their references. */
export const betCauses: CauseSource[] = [
  {
    type: 'bet',
    async causes(references) {
      const bets = await db
        .from('bets')
        .innerJoin('markets', 'markets.id', 'bets.market_id')
        .whereIn('bets.reference', references)
        .select('bets.reference', 'markets.title', 'markets.reference as market')
      return new Map(bets.map(({ reference, title, market }) => [reference, causeOf('bet', title, market, reference)]))
    },
  },
  {
    type: 'market',
    async causes(references) {
      const markets = await db.from('markets').whereIn('reference', references).select('reference', 'title')
      return new Map(markets.map(({ reference, title }) => [reference, causeOf('market', title, reference, reference)]))
    },
  },
]

const causeOf = (type: string, title: string, market: string, id: string): Cause => ({
  title: i18nManager.locale(i18nManager.defaultLocale).t(`panel.ledger.references.${type}`, { id, title }),
  link: { route: 'admin.markets.show', params: [market] },
})
