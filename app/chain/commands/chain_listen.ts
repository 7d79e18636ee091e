import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

export default class ChainListen extends BaseCommand {
  static commandName = 'chain:listen'
  static description = 'Follow the raffle and the USDT of custodial wallets on the chain until SIGTERM'
  static options: CommandOptions = { startApp: true, staysAlive: true }

  @flags.number({ description: 'Read again from this block on; also goes on after a stop' })
  declare fromBlock?: number

  async run() {
    const { Chain } = await import('#chain/chain_config')
    const chain = await this.app.container.make(Chain)
    if (!chain.config) return this.#refuse('The chain is not configured: set CHAIN_RPC_URLS and what belongs to it')
    if (!(await this.#fits()) || !(await this.#rewound())) return
    await this.#serveMetrics()

    const { Listen } = await import('#chain/listener/listen')
    const { ProcessJournal } = await import('#core/contracts/process_journal')
    const journal = await this.app.container.make(ProcessJournal)
    const listen = await this.app.container.make(Listen)
    const stop = new AbortController()
    const running = listen.run(stop.signal)
    this.app.terminating(() => {
      stop.abort()
      return running
    })
    await journal.enter('listener')
    this.logger.info('Listening; SIGTERM lets it finish what is in hand')
    await running
  }

  /** Another chain, or another contract, is no chain to listen to. */
  async #fits() {
    const { ChainMisconfigured } = await import('#chain/chain_config')
    const { ChainStartCheck } = await import('#chain/contracts/start_check')
    const { WrongChain } = await import('#chain/rpc/rpc_errors')
    const check = await this.app.container.make(ChainStartCheck)
    try {
      await check.run()
      return true
    } catch (error) {
      if (!(error instanceof ChainMisconfigured || error instanceof WrongChain)) throw error
      await this.#refuse(error.message)
      return false
    }
  }

  async #rewound() {
    if (this.fromBlock === undefined) return true
    const { RewindListener } = await import('#chain/actions/rewind_listener')
    const { asOperator } = await import('#core/operator')
    const rewind = await this.app.container.make(RewindListener)
    const result = await rewind.run({ block: this.fromBlock, actor: asOperator() })
    if (result.ok) return true
    await this.#refuse(`--from-block: ${result.refusal.code}`)
    return false
  }

  async #refuse(reason: string) {
    this.logger.error(reason)
    this.exitCode = 1
    await this.terminate()
  }

  async #serveMetrics() {
    const { default: env } = await import('#start/env')
    const port = env.get('METRICS_PORT')
    if (!port) return
    const { MetricsServer } = await import('#system/metrics/metrics_server')
    const server = await this.app.container.make(MetricsServer)
    await server.start(env.get('HOST')!, port)
    this.app.terminating(() => server.stop())
  }
}
