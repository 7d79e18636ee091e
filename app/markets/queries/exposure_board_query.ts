import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { Settings } from '#core/contracts/settings'
import { Money } from '#core/money/money'
import { globalExposure, predNow } from '#markets/settings'

/** Customers are counted up to here: enough for a page, cheap over many. */
const COUNTED = 10_000

/** What the house has at stake by bets that are not settled. */
@inject()
export class ExposureBoardQuery {
  constructor(
    private clock: Clock,
    private settings: Settings
  ) {}

  /** `dayEnd`: until when a market that closes does so today. */
  async run(dayEnd: number) {
    const limit = await predNow(this.settings, globalExposure)
    const used = await this.#used()
    return {
      ...(await this.#open(dayEnd)),
      staked: await this.#staked(),
      bettors: await this.#bettors(),
      used,
      limit,
      usedPercent: Number((used.minor * 100n) / limit.minor),
    }
  }

  async #open(dayEnd: number) {
    const now = this.clock.now()
    const open = () => db.from('markets').where('status', 'active').where('ends_at', '>', now)
    const [{ total }] = await open().count('* as total')
    const [{ today }] = await open().where('ends_at', '<', dayEnd).count('* as today')
    return { open: Number(total), closeToday: Number(today) }
  }

  async #staked() {
    const sums = await unsettled().sum('yes_pool as yes').sum('no_pool as no').first()
    return Money.of(BigInt(sums?.yes ?? 0) + BigInt(sums?.no ?? 0), 'PRED')
  }

  async #bettors() {
    const some = db
      .from('market_positions')
      .whereIn('market_id', unsettled().select('id'))
      .distinct('customer_id')
      .limit(COUNTED + 1)
    const [{ total }] = await db.from(some.as('some')).count('* as total')
    return { value: Math.min(Number(total), COUNTED), capped: Number(total) > COUNTED }
  }

  async #used() {
    const row = await db.from('house_exposure').select('used').first()
    return Money.of(BigInt(row?.used ?? 0), 'PRED')
  }
}

const unsettled = () => db.from('markets').whereNot('status', 'draft').whereNull('settled_at')
