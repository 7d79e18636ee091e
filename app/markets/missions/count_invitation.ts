import { inject } from '@adonisjs/core'
import type { Trx } from '#core/database/transaction'
import { TrackRecords } from '#markets/bettors/track_records'
import { Missions } from '#markets/missions/missions'

/** Somebody whom a customer invited has bet or bought for the first time: missions of the one who invited go on. */
@inject()
export class CountInvitation {
  constructor(
    private records: TrackRecords,
    private missions: Missions
  ) {}

  async in(trx: Trx, referrerId: number) {
    await this.records.lock(trx, referrerId)
    await this.missions.follow(trx, 'invited', [{ customerId: referrerId }])
  }
}
