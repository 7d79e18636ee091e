export const OUTCOMES = ['YES', 'NO'] as const
export type Outcome = (typeof OUTCOMES)[number]

export const opposite = (outcome: Outcome): Outcome => (outcome === 'YES' ? 'NO' : 'YES')

/** `draft`: seen by nobody; `closed`: takes no bets, result not known; the last two are ends unless they are reversed. */
export const MARKET_STATUSES = ['draft', 'active', 'closed', 'resolved', 'cancelled'] as const
export type MarketStatus = (typeof MARKET_STATUSES)[number]

export const PRICING_MODES = ['fixed_odds', 'parimutuel'] as const
export type PricingMode = (typeof PRICING_MODES)[number]

export const BET_STATUSES = ['open', 'won', 'lost', 'refunded'] as const
export type BetStatus = (typeof BET_STATUSES)[number]

export const BET_SOURCES = ['bot', 'miniapp'] as const
export type BetSource = (typeof BET_SOURCES)[number]

export const SETTLEMENT_KINDS = ['resolve', 'cancel', 'reverse'] as const
export type SettlementKind = (typeof SETTLEMENT_KINDS)[number]

/** `waiting` for a second admin; `withdrawn`: nobody agreed. */
export const SETTLEMENT_STATUSES = ['waiting', 'running', 'done', 'withdrawn'] as const
export type SettlementStatus = (typeof SETTLEMENT_STATUSES)[number]

export const METRICS = ['profit', 'wins', 'volume'] as const
export type Metric = (typeof METRICS)[number]
