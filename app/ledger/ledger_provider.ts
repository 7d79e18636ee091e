import type { ApplicationService } from '@adonisjs/core/types'
import { Ticks } from '#core/contracts/ticks'
import { ExpireHolds } from '#ledger/ticks/expire_holds'

export default class LedgerProvider {
  constructor(protected app: ApplicationService) {}

  async boot() {
    const { container } = this.app
    const ticks = await container.make(Ticks)
    for (const tick of [ExpireHolds]) ticks.register(await container.make(tick))
  }
}
