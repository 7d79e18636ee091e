import type { ApplicationService } from '@adonisjs/core/types'
import { SegmentSource } from '#core/contracts/segment_source'
import { Settings } from '#core/contracts/settings'
import { TimelineSource } from '#core/contracts/timeline_source'
import { ReferralListeners } from '#customers/referral/referral_listeners'
import { customerConditions } from '#customers/segment_conditions'
import { customerSettings } from '#customers/settings'
import { referralSettings } from '#customers/referral/settings'
import { ProfileTimeline } from '#customers/timeline/profile_timeline'

export default class CustomersProvider {
  constructor(protected app: ApplicationService) {}

  register() {
    this.app.container.singleton(ReferralListeners, () => new ReferralListeners())
  }

  async boot() {
    const settings = await this.app.container.make(Settings)
    settings.register(customerSettings)
    settings.register(referralSettings)
    const segments = await this.app.container.make(SegmentSource)
    segments.register(customerConditions)
    const timeline = await this.app.container.make(TimelineSource)
    timeline.register(new ProfileTimeline())
  }
}
