import type { ApplicationService } from '@adonisjs/core/types'
import { Approvals } from '#core/contracts/approvals'
import { BroadcastContent } from '#core/contracts/broadcast_content'
import { SegmentSource } from '#core/contracts/segment_source'
import { Settings } from '#core/contracts/settings'
import { Ticks } from '#core/contracts/ticks'
import { TimelineSource } from '#core/contracts/timeline_source'
import { ScheduleApproval } from '#broadcasts/lifecycle/approval'
import { EditApproval } from '#broadcasts/lifecycle/edit_approval'
import { broadcastConditions } from '#broadcasts/segment_conditions'
import { StoredBroadcasts } from '#broadcasts/sending/stored_broadcasts'
import { broadcastSettings } from '#broadcasts/settings'
import { FanOut } from '#broadcasts/ticks/fan_out'
import { StartDue } from '#broadcasts/ticks/start_due'
import { WindUp } from '#broadcasts/ticks/wind_up'
import { BroadcastTimeline } from '#broadcasts/timeline'

export default class BroadcastsProvider {
  constructor(protected app: ApplicationService) {}

  register() {
    this.app.container.singleton(BroadcastContent, (resolver) => resolver.make(StoredBroadcasts))
  }

  async boot() {
    const { container } = this.app
    const settings = await container.make(Settings)
    settings.register(broadcastSettings)
    const segments = await container.make(SegmentSource)
    segments.register(broadcastConditions)
    const timeline = await container.make(TimelineSource)
    timeline.register(new BroadcastTimeline())
    const approvals = await container.make(Approvals)
    for (const handler of [ScheduleApproval, EditApproval]) approvals.register(await container.make(handler))
    const ticks = await container.make(Ticks)
    for (const tick of [StartDue, FanOut, WindUp]) ticks.register(await container.make(tick))
  }
}
