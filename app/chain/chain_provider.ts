import type { ApplicationService } from '@adonisjs/core/types'
import { Chain, ChainOf, chainFromEnvironment } from '#chain/chain_config'
import { eventCauses } from '#chain/event_causes'
import { EventEffects } from '#chain/listener/event_effects'
import { OperationHandlers } from '#chain/operations/operation_handlers'
import type ChainEvent from '#chain/models/chain_event'
import { ChainRpc } from '#chain/rpc/chain_rpc'
import { chainSettings } from '#chain/settings'
import { ReconcileNightly } from '#chain/ticks/reconcile_nightly'
import { RotateKeysDaily } from '#chain/ticks/rotate_keys_daily'
import { StartWithdrawals } from '#chain/ticks/start_withdrawals'
import { WatchTreasury } from '#chain/ticks/watch_treasury'
import { WithdrawalApproval } from '#chain/withdrawals/approval'
import { WithdrawHandler } from '#chain/withdrawals/withdraw_handler'
import { Approvals } from '#core/contracts/approvals'
import { Duties } from '#core/contracts/duties'
import { HealthChecks } from '#core/contracts/health'
import { Settings } from '#core/contracts/settings'
import { Ticks } from '#core/contracts/ticks'
import { LedgerReferences } from '#ledger/references/references'
import type { Trx } from '#core/database/transaction'

export default class ChainProvider {
  constructor(protected app: ApplicationService) {}

  register() {
    const { container } = this.app
    container.singleton(Chain, () => new ChainOf(chainFromEnvironment()))
    container.singleton(OperationHandlers, () => new OperationHandlers())
    container.singleton(EventEffects, () => new EventEffects())
    container.singleton(ChainRpc, async (resolver) => new ChainRpc(await resolver.make(Chain)))
  }

  async boot() {
    const { container } = this.app
    const settings = await container.make(Settings)
    settings.register(chainSettings)
    const operations = await container.make(OperationHandlers)
    operations.register(await container.make(WithdrawHandler))
    const approvals = await container.make(Approvals)
    approvals.register(await container.make(WithdrawalApproval))
    const references = await container.make(LedgerReferences)
    references.register(eventCauses)
    const ticks = await container.make(Ticks)
    for (const tick of [StartWithdrawals, WatchTreasury, ReconcileNightly, RotateKeysDaily])
      ticks.register(await container.make(tick))
    const duties = await container.make(Duties)
    duties.register({ name: 'chain.sender', run: (signal) => this.#send(signal) })
    duties.register({ name: 'chain.listen', run: (signal) => this.#listen(signal) })
    const effects = await container.make(EventEffects)
    effects.register({ name: 'Transfer', confirmed: (trx, event) => this.#mirror(trx, event) })
  }

  /** A web process refuses to start on another chain or contract; the others wait until that is repaired. */
  async start() {
    const { container } = this.app
    const chain = await container.make(Chain)
    if (!chain.config || this.app.getMode() !== 'run') return
    const { ChainCheck } = await import('#chain/health/chain_check')
    const checks = await container.make(HealthChecks)
    checks.register(await container.make(ChainCheck))
    if (this.app.getEnvironment() !== 'web') return
    const { registerChainGauges } = await import('#chain/listener/gauges')
    const { ChainStatusQuery } = await import('#chain/queries/chain_status_query')
    registerChainGauges(await container.make(ChainStatusQuery))
    const { ChainStartCheck } = await import('#chain/contracts/start_check')
    const check = await container.make(ChainStartCheck)
    await check.run()
  }

  async #send(signal: AbortSignal) {
    const { container } = this.app
    const chain = await container.make(Chain)
    if (!chain.config) return
    const { ChainStartCheck } = await import('#chain/contracts/start_check')
    const check = await container.make(ChainStartCheck)
    await check.untilItFits(signal)
    const { ChainSender } = await import('#chain/sender/chain_sender')
    const sender = await container.make(ChainSender)
    await sender.run(signal)
  }

  async #listen(signal: AbortSignal) {
    const { container } = this.app
    const chain = await container.make(Chain)
    if (!chain.config) return
    const { Listen } = await import('#chain/listener/listen')
    const listen = await container.make(Listen)
    await listen.run(signal)
  }

  async #mirror(trx: Trx, event: ChainEvent) {
    const { MirrorTransfer } = await import('#chain/listener/effects/mirror_transfer')
    const mirror = await this.app.container.make(MirrorTransfer)
    await mirror.confirmed(trx, event)
  }
}
