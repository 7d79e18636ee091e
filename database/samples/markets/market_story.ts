import type Market from '#markets/models/market'
import type { Outcome } from '#markets/values'
import type { SampleExchange } from '#database/samples/markets/sample_exchange'
import type { SampleMarket } from '#database/samples/markets/sample_markets'
import type { SampleRandom } from '#database/samples/random'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const STAKES = [10, 10, 25, 25, 50, 50, 50, 100, 100, 100, 250, 250, 500, 1000]

interface Step {
  at: number
  act(): Promise<void>
}

/** Four weeks of markets, in the order of time: they open, people bet, they end. */
export class MarketStory {
  readonly #steps: Step[] = []
  /** Nobody bets on both sides of a market. */
  readonly #sides = new Map<string, Outcome>()

  constructor(
    private readonly exchange: SampleExchange,
    private readonly random: SampleRandom,
    private readonly bettors: readonly number[],
    private readonly categories: ReadonlyMap<string, number>,
    private readonly now: number
  ) {}

  /** `told` is called after each step with its moment. */
  async tell(samples: readonly SampleMarket[], told: (at: number) => Promise<void>) {
    for (const sample of samples) this.#plan(sample)
    for (const { at, act } of this.#steps.sort((one, other) => one.at - other.at)) {
      this.exchange.clock.at = at
      await act()
      await told(at)
    }
    this.exchange.clock.at = this.now
    await this.exchange.closeEnded()
  }

  #plan(sample: SampleMarket) {
    const endsAt = this.now + sample.endsInDays * DAY
    const publishedAt = this.now - (sample.publishedDaysAgo ?? 0.1) * DAY
    let market: Market
    this.#do(publishedAt - 20 * MINUTE, async () => {
      market = await this.exchange.create(sample, { categoryId: this.categories.get(sample.category)!, endsAt })
    })
    if (sample.publishedDaysAgo === null) return
    this.#do(publishedAt, async () => void (await this.exchange.publish(market)))
    const last = Math.min(endsAt, this.now) - MINUTE
    for (let bet = 0; bet < sample.interest; bet++) {
      const at = publishedAt + 5 * MINUTE + this.random.below(last - publishedAt - 5 * MINUTE)
      this.#do(at, () => this.#bet(sample, market))
    }
    if (endsAt >= this.now) return
    this.#do(endsAt, () => this.exchange.closeEnded())
    const { ending } = sample
    if (ending) this.#do(endsAt + HOUR, () => this.exchange.end(market, ending))
  }

  async #bet({ yesPercent }: SampleMarket, { reference }: Market) {
    const customerId = this.random.pick(this.bettors)
    const place = `${reference}:${customerId}`
    const outcome = this.#sides.get(place) ?? (this.random.chance(yesPercent / 100) ? 'YES' : 'NO')
    const stake = this.random.pick(STAKES)
    const taken = await this.exchange.bet({ customerId, market: reference, outcome, stake })
    if (taken) this.#sides.set(place, outcome)
  }

  #do(at: number, act: Step['act']) {
    this.#steps.push({ at, act })
  }
}
