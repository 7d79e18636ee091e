import type { ApplicationService } from '@adonisjs/core/types'
import { Ticks } from '#core/contracts/ticks'
import { ExpireHolds } from '#ledger/ticks/expire_holds'
import { ProveLedger } from '#ledger/ticks/prove_ledger'
import { SealDigests } from '#ledger/ticks/seal_digests'

export default class LedgerProvider {
  constructor(protected app: ApplicationService) {}

  async boot() {
    const { container } = this.app
    const ticks = await container.make(Ticks)
    for (const tick of [ExpireHolds, SealDigests, ProveLedger]) ticks.register(await container.make(tick))
  }
}
