import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { transaction } from '#core/database/transaction'
import { TrackRecords } from '#markets/bettors/track_records'
import { Missions } from '#markets/missions/missions'
import Bettor from '#markets/models/bettor'

const DAY = 86_400_000

/** Days of UTC since 1970. */
export const dayOf = (instant: number) => Math.floor(instant / DAY)

/** Counts a day on which a customer did something, once; days in a row go on or begin anew. */
@inject()
export class RecordActivity {
  constructor(
    private clock: Clock,
    private records: TrackRecords,
    private missions: Missions
  ) {}

  async handle({ customerId, at }: { customerId: number; at: number }) {
    const today = dayOf(at)
    if (isCounted(await Bettor.find(customerId), today)) return
    return transaction(async (trx) => {
      const bettor = await this.records.lock(trx, customerId)
      if (isCounted(bettor, today)) return
      bettor.activeDays += 1
      bettor.dayStreak = bettor.lastActiveDay === today - 1 ? bettor.dayStreak + 1 : 1
      await bettor.merge({ lastActiveDay: today, updatedAt: this.clock.now() }).save()
      await this.missions.follow(trx, 'active', [{ customerId }])
    })
  }
}

const isCounted = (bettor: Bettor | null, day: number) =>
  bettor !== null && bettor.lastActiveDay !== null && bettor.lastActiveDay >= day
