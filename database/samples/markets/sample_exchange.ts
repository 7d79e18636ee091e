import app from '@adonisjs/core/services/app'
import { Clock } from '#core/clock'
import type { Actor } from '#core/contracts/audit'
import { Money } from '#core/money/money'
import type { Result } from '#core/result'
import { CancelMarket } from '#markets/actions/cancel_market'
import { CreateMarket } from '#markets/actions/create_market'
import { PlaceBet } from '#markets/actions/place_bet'
import { PublishMarket } from '#markets/actions/publish_market'
import { ResolveMarket } from '#markets/actions/resolve_market'
import type { BetInput } from '#markets/betting/bet_input'
import type Market from '#markets/models/market'
import { Settlements } from '#markets/settlement/settlements'
import type { Decided } from '#markets/settlement/input'
import { CloseEnded } from '#markets/ticks/close_ended'
import type { SampleMarket, Ending } from '#database/samples/markets/sample_markets'
import { earnOwedRewards } from '#database/samples/owed_rewards'
import { StoryClock } from '#database/samples/story_clock'

const ACTOR: Actor = { type: 'operator', id: null, name: 'Sample data' }

/** Whoever was shown odds of 0.01 takes any. */
const ANY_ODDS = 1

/** What a bet in a story may run into; anything else is a mistake in the story. */
const LIMITS = ['customer_stake_limit', 'customer_exposure_limit', 'market_exposure_limit', 'global_exposure_limit']
const ORDINARY = ['insufficient_funds', ...LIMITS]

/** The product's own actions for markets, at moments of the past. */
export class SampleExchange {
  readonly clock = new StoryClock()
  readonly #resolver = app.container.createResolver()
  #keys = 0

  constructor() {
    this.#resolver.bindValue(Clock, this.clock)
  }

  async create({ title, description, pricing = 'fixed_odds', isPromoted = false }: SampleMarket, at: At) {
    const action = await this.#resolver.make(CreateMarket)
    const made = await action.handle({
      ...{ title, description, pricing, isPromoted, ...at, imageKey: null, maxStake: null, actor: ACTOR },
    })
    return valueOf(made)
  }

  async publish({ id, revision }: Market) {
    const action = await this.#resolver.make(PublishMarket)
    return valueOf(await action.handle({ marketId: id, revision, actor: ACTOR }))
  }

  /** Whether it was taken: some stakes are more than somebody has, or than the house risks. */
  async bet({ customerId, market, outcome, stake }: SampleBet): Promise<boolean> {
    const action = await this.#resolver.make(PlaceBet)
    const placed = await action.handle({
      ...{ customerId, market, outcome, stake: Money.of(BigInt(stake) * 100n, 'PRED') },
      shownOdds: ANY_ODDS,
      key: `sample:bet:${++this.#keys}`,
      source: 'bot',
      actor: { type: 'customer', id: customerId, name: `customer ${customerId}` },
    })
    if (placed.ok) await earnOwedRewards(this.#resolver)
    if (!placed.ok && !ORDINARY.includes(placed.refusal.code)) valueOf(placed)
    return placed.ok
  }

  async closeEnded() {
    const tick = await this.#resolver.make(CloseEnded)
    await tick.run(new AbortController().signal)
  }

  async end({ id }: Market, ending: Ending) {
    const decision = { marketId: id, expected: null, actor: ACTOR }
    if (ending.kind === 'cancelled') {
      const action = await this.#resolver.make(CancelMarket)
      return this.#settle(valueOf(await action.handle({ ...decision, note: ending.note })))
    }
    const { result, evidenceUrl, note } = ending
    const action = await this.#resolver.make(ResolveMarket)
    await this.#settle(valueOf(await action.handle({ ...decision, result, evidenceUrl, note, confirmEarly: false })))
  }

  async #settle({ settlement }: Decided) {
    const settlements = await this.#resolver.make(Settlements)
    await settlements.run(settlement.id)
  }
}

interface At {
  categoryId: number
  endsAt: number
}

interface SampleBet extends Pick<BetInput, 'customerId' | 'market' | 'outcome'> {
  /** Whole PRED. */
  stake: number
}

function valueOf<T>(result: Result<T, any>): T {
  if (!result.ok) throw new Error(`The sample story was refused: ${result.refusal.code}`)
  return result.value
}
