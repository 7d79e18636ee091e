import type { ApplicationService } from '@adonisjs/core/types'
import { Clock, SystemClock } from '#core/clock'
import { Duties } from '#core/contracts/duties'
import { PersonalData } from '#core/contracts/personal_data'
import { SegmentSource } from '#core/contracts/segment_source'
import { TimelineSource } from '#core/contracts/timeline_source'
import { Ticks } from '#core/contracts/ticks'
import { DutyRegistry } from '#core/registries/duty_registry'
import { PersonalDataRegistry } from '#core/registries/personal_data_registry'
import { HealthChecks } from '#core/contracts/health'
import { HealthRegistry } from '#core/registries/health_registry'
import { SegmentRegistry } from '#core/registries/segment_registry'
import { TickRegistry } from '#core/registries/tick_registry'
import { TimelineRegistry } from '#core/registries/timeline_registry'

export default class CoreProvider {
  constructor(protected app: ApplicationService) {}

  register() {
    this.app.container.singleton(Clock, () => new SystemClock())
    this.app.container.singleton(PersonalData, () => new PersonalDataRegistry())
    this.app.container.singleton(HealthChecks, () => new HealthRegistry())
    this.app.container.singleton(SegmentSource, () => new SegmentRegistry())
    this.app.container.singleton(TimelineSource, () => new TimelineRegistry())
    this.app.container.singleton(Ticks, () => new TickRegistry())
    this.app.container.singleton(Duties, () => new DutyRegistry())
  }
}
