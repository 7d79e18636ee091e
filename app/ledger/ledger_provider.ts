import type { ApplicationService } from '@adonisjs/core/types'
import { Approvals } from '#core/contracts/approvals'
import { SegmentSource } from '#core/contracts/segment_source'
import { Settings } from '#core/contracts/settings'
import { Ticks } from '#core/contracts/ticks'
import { TimelineSource } from '#core/contracts/timeline_source'
import { AdjustmentApproval, ReversalApproval } from '#ledger/adjustments/approvals'
import { LedgerReferences } from '#ledger/references/references'
import { ledgerConditions } from '#ledger/segment_conditions'
import { ledgerSettings } from '#ledger/settings'
import { ExpireHolds } from '#ledger/ticks/expire_holds'
import { ProveLedger } from '#ledger/ticks/prove_ledger'
import { SealDigests } from '#ledger/ticks/seal_digests'
import { MoneyTimeline } from '#ledger/timeline/money_timeline'

export default class LedgerProvider {
  constructor(protected app: ApplicationService) {}

  register() {
    this.app.container.singleton(LedgerReferences, () => new LedgerReferences())
  }

  async boot() {
    const { container } = this.app
    const settings = await container.make(Settings)
    settings.register(ledgerSettings)
    const segments = await container.make(SegmentSource)
    segments.register(ledgerConditions)
    const timeline = await container.make(TimelineSource)
    timeline.register(new MoneyTimeline())
    const approvals = await container.make(Approvals)
    for (const handler of [AdjustmentApproval, ReversalApproval]) approvals.register(await container.make(handler))
    const ticks = await container.make(Ticks)
    for (const tick of [ExpireHolds, SealDigests, ProveLedger]) ticks.register(await container.make(tick))
  }
}
