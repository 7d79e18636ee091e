import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { Outbox, type OutboxMessage } from '#core/contracts/outbox'
import { Settings } from '#core/contracts/settings'
import { transaction, type Trx } from '#core/database/transaction'
import { Money } from '#core/money/money'
import { ok, refuse, type Result } from '#core/result'
import { granted, system } from '#ledger/accounts'
import { Ledger } from '#ledger/ledger'
import type { TransferInput } from '#ledger/transfer_input'
import { endOfWeek, startOfPeriod } from '#markets/leaderboard/periods'
import { isStillCounting } from '#markets/leaderboard/still_counting'
import { rewardedMetric, rewardsIn, weeklyRewards } from '#markets/leaderboard/settings'
import { standings, type Standing } from '#markets/leaderboard/standings'
import LeaderboardPlace from '#markets/models/leaderboard_place'
import LeaderboardSnapshot from '#markets/models/leaderboard_snapshot'
import type { Metric } from '#markets/values'

/** Kept at least, rewarded or not. */
const FEWEST_PLACES = 10

interface Placed extends Standing {
  place: number
  reward: Money
}

/**
 * Keeps a week as it ended and pays its first places from `bonuses` in granted points, once: whoever comes second
 * finds it there. Refuses with `week_not_over`, `week_still_counting` while bets of it are being settled, or
 * `snapshot_taken`.
 */
@inject()
export class TakeSnapshot {
  constructor(
    private clock: Clock,
    private settings: Settings,
    private ledger: Ledger,
    private outbox: Outbox
  ) {}

  /** `week`: `2026-W47`. */
  async handle({ week }: { week: string }): Promise<Result<LeaderboardSnapshot>> {
    const end = endOfWeek(startOfPeriod(week))
    if (this.clock.now() < end) return refuse('week_not_over')
    return transaction(async (trx) => {
      if (await isStillCounting(trx, end)) return refuse('week_still_counting')
      const metric = (await this.settings.getIn(trx, rewardedMetric)) as Metric
      const id = await this.#open(trx, week, metric)
      if (id === null) return refuse('snapshot_taken')

      const places = await this.#places(trx, week, metric)
      const kept = await this.#keep(trx, id, places)
      await this.#pay(trx, places, kept)
      const snapshot = await LeaderboardSnapshot.findOrFail(id, { client: trx })
      const reward = places.reduce((total, each) => total + each.reward.minor, 0n)
      return ok(await snapshot.merge({ places: places.length, reward }).save())
    })
  }

  /** Null when there is one: the unique period decides between two who come at once. */
  async #open(trx: Trx, period: string, metric: Metric): Promise<number | null> {
    const [row] = await trx
      .knexQuery()
      .table('leaderboard_snapshots')
      .insert({ period, metric, places: 0, reward: 0, created_at: this.clock.now() })
      .onConflict('period')
      .ignore()
      .returning('id')
    return row?.id ?? null
  }

  async #places(trx: Trx, period: string, metric: Metric): Promise<Placed[]> {
    const rewards = rewardsIn(await this.settings.getIn(trx, weeklyRewards)) ?? []
    const best = await standings(trx, { period, metric, limit: Math.max(rewards.length, FEWEST_PLACES) })
    return best.map((each, index) => ({ ...each, place: index + 1, reward: rewards[index] ?? Money.zero('PRED') }))
  }

  #keep(trx: Trx, snapshotId: number, places: readonly Placed[]): Promise<LeaderboardPlace[]> {
    const rows = places.map(({ place, customerId, profit, wins, volume, reward }) => {
      return { snapshotId, place, customerId, profit, wins, volume, reward: reward.minor }
    })
    return LeaderboardPlace.createMany(rows, { client: trx })
  }

  /** All at once: accounts are locked in the order of their ids, which is not that of the places. */
  async #pay(trx: Trx, places: readonly Placed[], kept: readonly LeaderboardPlace[]) {
    const rewarded = places.map((placed, index) => ({ placed, row: kept[index] })).filter(isRewarded)
    const transfers = rewarded.map(({ placed, row }) => rewardOf(placed, row.id))
    const posted = await this.ledger.transferAll(trx, transfers)
    if (!posted.ok) throw new Error(`Places of snapshot ${kept[0].snapshotId} were not paid: ${posted.refusal.code}`)
    for (const [index, { row }] of rewarded.entries()) await row.merge({ transferId: posted.value[index].id }).save()
    await this.outbox.write(
      trx,
      rewarded.map(({ placed, row }) => noticeOf(placed, row.id))
    )
  }
}

const isRewarded = ({ placed }: { placed: Placed }) => !placed.reward.isZero

const rewardOf = ({ customerId, reward }: Placed, placeId: number): TransferInput => ({
  kind: 'leaderboard_reward',
  key: `leaderboard_place:${placeId}`,
  postings: [{ from: system('bonuses', 'PRED'), to: granted(customerId), amount: reward }],
  reference: { type: 'leaderboard_place', id: placeId },
  actor: SYSTEM_ACTOR,
})

const noticeOf = ({ place, customerId, telegramId, reward }: Placed, placeId: number): OutboxMessage => ({
  type: 'LEADERBOARD_REWARD',
  chatId: telegramId,
  customerId,
  template: 'leaderboard_rewarded',
  params: { place, amount: reward },
  buttons: [[{ action: 'leaderboard' }]],
  dedupeKey: `leaderboard_place:${placeId}`,
})
