import { BaseCommand } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

export default class ChainReconcile extends BaseCommand {
  static commandName = 'chain:reconcile'
  static description = 'Compare custodial wallets, the pool, nonces and operations with the chain'
  static help = ['Ends with 1 when something differs, with 2 when it could not be compared.']
  static options: CommandOptions = { startApp: true }

  async run() {
    const { Reconcile } = await import('#chain/reconciliation/reconcile')
    const { isMoney } = await import('#chain/reconciliation/compare_money')
    const { WITHDRAWALS_PAUSED } = await import('#chain/withdrawals/pause_withdrawals')
    const { ChainUnavailable } = await import('#chain/rpc/rpc_errors')
    const reconcile = await this.app.container.make(Reconcile)
    try {
      const result = await reconcile.run()
      if (!result.ok) return this.#fail(WHY[result.refusal.code] ?? result.refusal.code)
      const { blockNumber, wallets, differences, lines } = result.value
      for (const { kind, subject, ours, chain } of lines) {
        this.logger.warning(`${kind} ${subject}: ours ${ours}, chain ${chain}`)
      }
      if (lines.some(isMoney)) this.logger.warning(`Withdrawals: ${WITHDRAWALS_PAUSED}`)
      if (differences === 0) this.logger.success(`${wallets} wallets agree with the chain at block ${blockNumber}`)
      else this.exitCode = 1
    } catch (error) {
      if (!(error instanceof ChainUnavailable)) throw error
      this.#fail(error.message)
    }
  }

  #fail(reason: string) {
    this.logger.error(reason)
    this.exitCode = 2
  }
}

const WHY: Record<string, string> = {
  chain_off: 'The chain is not configured: set CHAIN_RPC_URLS and what belongs to it',
  chain_not_read: 'The chain has not been read yet: run chain:listen or queue:work first',
}
