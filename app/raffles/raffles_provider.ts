import type { ApplicationService } from '@adonisjs/core/types'

export default class RafflesProvider {
  constructor(protected app: ApplicationService) {}

  async boot() {}
}
