import type { ApplicationService } from '@adonisjs/core/types'
import { Approvals } from '#core/contracts/approvals'
import { SegmentSource } from '#core/contracts/segment_source'
import { Settings } from '#core/contracts/settings'
import { Ticks } from '#core/contracts/ticks'
import { TimelineSource } from '#core/contracts/timeline_source'
import { ReferralListeners } from '#customers/referral/referral_listeners'
import { LedgerReferences } from '#ledger/references/references'
import { betCauses } from '#markets/bet_causes'
import { leaderboardSettings } from '#markets/leaderboard/settings'
import { CountInvitation } from '#markets/missions/count_invitation'
import { rewardCauses } from '#markets/reward_causes'
import { marketConditions } from '#markets/segment_conditions'
import { SettlementApproval } from '#markets/settlement/settlement_approval'
import { marketSettings } from '#markets/settings'
import { CloseEnded } from '#markets/ticks/close_ended'
import { Settle } from '#markets/ticks/settle'
import { TakeSnapshots } from '#markets/ticks/take_snapshots'
import { MarketsTimeline } from '#markets/timeline'

export default class MarketsProvider {
  constructor(protected app: ApplicationService) {}

  async boot() {
    const { container } = this.app
    const settings = await container.make(Settings)
    settings.register(marketSettings)
    settings.register(leaderboardSettings)
    const segments = await container.make(SegmentSource)
    segments.register(marketConditions)
    const timeline = await container.make(TimelineSource)
    timeline.register(new MarketsTimeline())
    const references = await container.make(LedgerReferences)
    for (const source of [...betCauses, ...rewardCauses]) references.register(source)
    const referrals = await container.make(ReferralListeners)
    referrals.register(async (trx, referrerId) => {
      const count = await container.make(CountInvitation)
      await count.in(trx, referrerId)
    })
    const approvals = await container.make(Approvals)
    approvals.register(await container.make(SettlementApproval))
    const ticks = await container.make(Ticks)
    for (const tick of [CloseEnded, Settle, TakeSnapshots]) ticks.register(await container.make(tick))
  }
}
