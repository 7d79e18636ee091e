import type { ApplicationService } from '@adonisjs/core/types'
import { Clock } from '#core/clock'
import { Memory } from '#stats/memory'

export default class StatsProvider {
  constructor(protected app: ApplicationService) {}

  register() {
    this.app.container.singleton(Memory, async (resolver) => new Memory(await resolver.make(Clock)))
  }
}
