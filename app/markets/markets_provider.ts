import type { ApplicationService } from '@adonisjs/core/types'
import { Approvals } from '#core/contracts/approvals'
import { Settings } from '#core/contracts/settings'
import { Ticks } from '#core/contracts/ticks'
import { SettlementApproval } from '#markets/settlement/settlement_approval'
import { marketSettings } from '#markets/settings'
import { CloseEnded } from '#markets/ticks/close_ended'
import { Settle } from '#markets/ticks/settle'

export default class MarketsProvider {
  constructor(protected app: ApplicationService) {}

  async boot() {
    const { container } = this.app
    const settings = await container.make(Settings)
    settings.register(marketSettings)
    const approvals = await container.make(Approvals)
    approvals.register(await container.make(SettlementApproval))
    const ticks = await container.make(Ticks)
    for (const tick of [CloseEnded, Settle]) ticks.register(await container.make(tick))
  }
}
