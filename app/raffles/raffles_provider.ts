import type { ApplicationService } from '@adonisjs/core/types'
import { Settings } from '#core/contracts/settings'
import { raffleSettings } from '#raffles/settings'

export default class RafflesProvider {
  constructor(protected app: ApplicationService) {}

  async boot() {
    const { container } = this.app
    const settings = await container.make(Settings)
    settings.register(raffleSettings)
  }
}
