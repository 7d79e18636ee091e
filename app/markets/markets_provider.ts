import type { ApplicationService } from '@adonisjs/core/types'
import { Settings } from '#core/contracts/settings'
import { marketSettings } from '#markets/settings'

export default class MarketsProvider {
  constructor(protected app: ApplicationService) {}

  async boot() {
    const { container } = this.app
    const settings = await container.make(Settings)
    settings.register(marketSettings)
  }
}
