import { BET_STATES } from '#markets/queries/customer_bets_query'
import { OUTCOMES } from '#markets/values'
import { defineCallback } from '#bot/callback_data/define_callback'
import { choice, id, minor, reference, text } from '#bot/callback_data/fields'

/** Of all categories, or of the one with that id. */
const category = text(/^(?:all|[1-9]\d{0,15})$/)
const outcome = choice(OUTCOMES)

export const marketsData = defineCallback('markets')
export const marketListData = defineCallback('market_list', { category, page: id })
export const marketData = defineCallback('market', { market: reference })
/** Knows the page that Back leads to. */
export const listedMarketData = defineCallback('market_at', { market: reference, category, page: id })
export const marketTextData = defineCallback('market_text', { market: reference })

export const betOnData = defineCallback('bet_on', { market: reference, outcome })
export const betStakeData = defineCallback('bet_stake', { market: reference, outcome, stake: minor })
/** `key` is the update that showed what is to be confirmed: however often it is pressed there, one bet is taken. */
export const placeBetData = defineCallback('bet_place', { key: id })

export const myBetsData = defineCallback('my_bets')
export const betsPageData = defineCallback('bets_page', { state: choice(BET_STATES), page: id })
export const betData = defineCallback('bet', { bet: reference })
