import Factory from '@adonisjs/lucid/factories'
import { newReference } from '#core/reference'
import Market from '#markets/models/market'

const JANUARY_2026 = Date.UTC(2026, 0, 1)
const JANUARY_2030 = Date.UTC(2030, 0, 1)

/** Open for bets at fixed odds; needs a `categoryId`. */
export const MarketFactory = Factory.define(Market, () => ({
  reference: newReference(),
  title: 'Will it rain on Monday?',
  searchTitle: 'will it rain on monday?',
  description: 'YES if any rain falls in Kyiv on Monday.',
  status: 'active' as const,
  result: null,
  pricing: 'fixed_odds' as const,
  isPromoted: false,
  endsAt: JANUARY_2030,
  yesPool: 0n,
  noPool: 0n,
  yesPotential: 0n,
  noPotential: 0n,
  yesBought: 0n,
  noBought: 0n,
  yesBoughtPotential: 0n,
  noBoughtPotential: 0n,
  yesBets: 0,
  noBets: 0,
  bettors: 0,
  exposure: 0n,
  maxStake: null,
  exposureLimit: null,
  feePoints: null,
  imageKey: null,
  revision: 1,
  createdBy: null,
  createdByName: 'Olena',
  createdAt: JANUARY_2026,
  updatedAt: JANUARY_2026,
  publishedAt: JANUARY_2026,
  closedAt: null,
  resolvedAt: null,
  cancelledAt: null,
  settledAt: null,
}))
  .state('draft', (market) => market.merge({ status: 'draft', publishedAt: null }))
  .state('closed', (market) => market.merge({ status: 'closed', closedAt: JANUARY_2026 }))
  .state('parimutuel', (market) => market.merge({ pricing: 'parimutuel' }))
  .build()
