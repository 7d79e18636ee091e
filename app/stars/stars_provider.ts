import env from '#start/env'
import type { ApplicationService } from '@adonisjs/core/types'
import { Clock } from '#core/clock'
import { HealthChecks } from '#core/contracts/health'
import { PersonalData } from '#core/contracts/personal_data'
import { SegmentSource } from '#core/contracts/segment_source'
import { Settings } from '#core/contracts/settings'
import { Ticks } from '#core/contracts/ticks'
import { TimelineSource } from '#core/contracts/timeline_source'
import { LedgerReferences } from '#ledger/references/references'
import { PurposeHandlers } from '#payments/purposes'
import { FragmentGateway } from '#stars/fulfilment/fragment/fragment_gateway'
import { FragmentSessions } from '#stars/fulfilment/fragment/fragment_sessions'
import { StarOrderPurpose } from '#stars/orders/invoice_purpose'
import { orderCauses } from '#stars/orders/order_causes'
import { orderData } from '#stars/orders/order_data'
import { starConditions } from '#stars/segment_conditions'
import { starSettings } from '#stars/settings'
import { CloseForgotten } from '#stars/ticks/close_forgotten'
import { Deliver } from '#stars/ticks/deliver'
import { LookAfterFragment } from '#stars/ticks/look_after_fragment'
import { WatchAbandoned } from '#stars/ticks/watch_abandoned'
import { StarsTimeline } from '#stars/timeline'
import { TonApi } from '#ton/ton_api'

const FRAGMENT = 'https://fragment.com'

export default class StarsProvider {
  constructor(protected app: ApplicationService) {}

  register() {
    this.app.container.singleton(FragmentGateway, async (resolver) => {
      return new FragmentGateway(env.get('FRAGMENT_URL') ?? FRAGMENT, await resolver.make(FragmentSessions))
    })
  }

  async boot() {
    const { container } = this.app
    const settings = await container.make(Settings)
    settings.register(starSettings)
    const segments = await container.make(SegmentSource)
    segments.register(starConditions)
    const timeline = await container.make(TimelineSource)
    timeline.register(new StarsTimeline())
    const personalData = await container.make(PersonalData)
    personalData.register(orderData)
    const purposes = await container.make(PurposeHandlers)
    purposes.register(await container.make(StarOrderPurpose))
    const references = await container.make(LedgerReferences)
    references.register(orderCauses)
    const ticks = await container.make(Ticks)
    for (const tick of [Deliver, WatchAbandoned, CloseForgotten, LookAfterFragment])
      ticks.register(await container.make(tick))
  }

  /** Where health is asked for. */
  async start() {
    if (!['web', 'test'].includes(this.app.getEnvironment()) || this.app.getMode() !== 'run') return
    const { FragmentCheck } = await import('#stars/health/fragment_check')
    const { registerStarGauges } = await import('#stars/health/star_gauges')
    const checks = await this.app.container.make(HealthChecks)
    checks.register(await this.app.container.make(FragmentCheck))
    const [clock, gateway, api] = [
      await this.app.container.make(Clock),
      await this.app.container.make(FragmentGateway),
      await this.app.container.make(TonApi),
    ]
    registerStarGauges(clock, () => ({ fragment: gateway.breakerState, ton: api.breakerState }))
  }
}
