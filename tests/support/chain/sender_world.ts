import app from '@adonisjs/core/services/app'
import type { ChainConfig } from '#chain/chain_config'
import { KeyVault } from '#chain/keys/key_vault'
import ChainOperation from '#chain/models/chain_operation'
import ChainTx from '#chain/models/chain_tx'
import ChainTxAttempt from '#chain/models/chain_tx_attempt'
import type ChainWallet from '#chain/models/chain_wallet'
import { OperationHandlers } from '#chain/operations/operation_handlers'
import { Operations } from '#chain/operations/operations'
import { ChainSender } from '#chain/sender/chain_sender'
import type { OperationKind } from '#chain/values'
import { Clock } from '#core/clock'
import { Settings, type SettingDefinition } from '#core/contracts/settings'
import { transaction } from '#core/database/transaction'
import { CustomerFactory } from '#database/factories/customer_factory'
import { resetDatabase } from '#tests/support/database'
import { SECOND, TestClock } from '#tests/support/test_clock'
import { FEE, TestHandler } from '#tests/support/chain/test_handler'
import { bindChain } from '#tests/support/chain/bind_chain'
import { EvmWorld, type EvmOptions } from '#tests/support/chain/evm'

const GWEI = 10n ** 9n
const ETHER = 10n ** 18n
export { FEE } from '#tests/support/chain/test_handler'

let keys = 0

/** A chain, a treasury with an ether, customers' wallets, and the sender as one process of many. */
export class SenderWorld {
  readonly clock = new TestClock()
  handlers!: Record<OperationKind, TestHandler>
  treasury!: ChainWallet
  #sender!: ChainSender
  #unbind!: () => void
  #fresh!: string
  #config!: ChainConfig

  private constructor(readonly evm: EvmWorld) {}

  static async start(options: EvmOptions = {}) {
    const world = new SenderWorld(await EvmWorld.start({ entranceFee: FEE, ...options }))
    world.#fresh = await world.evm.snapshot()
    return world
  }

  stop() {
    return this.evm.stop()
  }

  /** Before each test: everything as at the beginning. */
  async setup(config: Partial<ChainConfig> = {}) {
    await resetDatabase()
    await this.evm.revert(this.#fresh)
    this.#fresh = await this.evm.snapshot()
    await this.evm.automine(true)
    this.clock.moveTo(Date.UTC(2026, 5, 1, 12))
    this.#config = this.evm.chainConfig({ confirmations: 3, ...config })
    this.connect()
    app.container.swap(Clock, () => this.clock)
    this.handlers = {
      enter: new TestHandler('enter'),
      withdraw: new TestHandler('withdraw'),
      draw: new TestHandler('draw'),
      claim: new TestHandler('claim'),
    }
    const handlers = new OperationHandlers()
    for (const handler of Object.values(this.handlers)) handlers.register(handler)
    app.container.swap(OperationHandlers, () => handlers)
    await this.restart()
    this.treasury = await this.#wallet({ owner: 'treasury' })
    await this.evm.setBalance(this.treasury.address, ETHER)
    return () => {
      this.#unbind()
      app.container.restoreAll([Clock, OperationHandlers])
    }
  }

  /** For processes that shall see this chain. */
  get environment(): Record<string, string> {
    return {
      CHAIN_RPC_URLS: this.evm.rpcUrl,
      CHAIN_ID: String(this.evm.chainId),
      CHAIN_USDT_ADDRESS: this.evm.usdt,
      CHAIN_RAFFLE_ADDRESS: this.evm.raffle,
      CHAIN_CONFIRMATIONS: '3',
      CHAIN_POLL_MS: '100',
    }
  }

  make<T>(dependency: new (...args: any[]) => T): Promise<T> {
    return app.container.make(dependency) as Promise<T>
  }

  /** Another process takes over, with nothing in its memory. */
  async restart() {
    this.#sender = await this.make(ChainSender)
  }

  async set<T>(definition: SettingDefinition<T>, value: T) {
    const settings = await app.container.make(Settings)
    await transaction((trx) => settings.set(trx, definition, value))
  }

  /** A customer's wallet with USDT for one entry, unless told. */
  async player(usdt = FEE): Promise<ChainWallet> {
    const customer = await CustomerFactory.create()
    const wallet = await this.#wallet({ owner: 'customer', customerId: customer.id })
    if (usdt > 0n) await this.evm.mint(wallet.address, usdt)
    return wallet
  }

  async players(count: number) {
    const players: ChainWallet[] = []
    for (let i = 0; i < count; i++) players.push(await this.player())
    return players
  }

  async begin(wallet: ChainWallet, kind: OperationKind = 'enter', input: { amount?: bigint; to?: string } = {}) {
    const operations = await this.make(Operations)
    const subject = { type: 'test', id: wallet.id }
    const begun = await transaction((trx) =>
      operations.begin(trx, {
        ...{ key: `test:${++keys}`, kind, walletId: wallet.id, customerId: wallet.customerId, subject },
        ...input,
      })
    )
    if (!begun.ok) throw new Error(`Refused: ${begun.refusal.code}`)
    return begun.value
  }

  /** Nobody answers until `connect`. */
  disconnect() {
    this.#unbind = bindChain({ ...this.#config, rpcUrls: ['http://127.0.0.1:9/'] })
  }

  connect() {
    this.#unbind = bindChain(this.#config)
  }

  /** Rounds of the sender, a second apart. */
  async pass(rounds = 1) {
    for (let i = 0; i < rounds; i++) {
      await this.#sender.pass()
      this.clock.advance(SECOND)
    }
  }

  /** Rounds and blocks until that is so. @throws when it does not come to be. */
  async until(isSo: () => Promise<boolean>, { rounds = 60, mine = (): Promise<unknown> => this.evm.mine() } = {}) {
    for (let i = 0; i < rounds; i++) {
      if (await isSo()) return
      await this.pass()
      await mine()
    }
    const operations = await ChainOperation.all()
    const txs = await ChainTx.query().orderBy('id')
    throw new Error(
      `It did not come to be: ${JSON.stringify({
        operations: operations.map(({ status, reason, detail, failures }) => ({ status, reason, detail, failures })),
        txs: txs.map(({ step, nonce, status, error }) => ({ step, nonce, status, error })),
      })}`
    )
  }

  /** The next block costs that much for a unit of gas. */
  baseFee = (wei: bigint) => this.evm.rpc.call('anvil_setNextBlockBaseFeePerGas', [`0x${wei.toString(16)}`])

  /** Rounds and blocks at 60 gwei until that is so. @throws when it does not come to be. */
  dearly = (isSo: () => Promise<boolean>) =>
    this.until(isSo, {
      mine: async () => {
        await this.baseFee(60n * GWEI)
        await this.evm.mine()
        await this.pass(4)
      },
    })

  /** Until its call stands in a block. */
  untilMined = (operation: ChainOperation) => this.untilStatus(operation, 'awaiting_confirmations')

  untilStatus(operation: ChainOperation, ...statuses: string[]) {
    return this.until(async () => {
      await operation.refresh()
      return statuses.includes(operation.status)
    })
  }

  /** Until nothing that was signed can change any more. */
  untilSettled = () =>
    this.until(async () => {
      const [open] = await ChainTx.query().whereNull('settledAt').limit(1)
      return !open
    })

  /** As the listener does once it has seen the event. */
  async confirm(operation: ChainOperation) {
    const operations = await this.make(Operations)
    await transaction((trx) => operations.confirmed(trx, operation))
    await operation.refresh()
  }

  /** Until one of the transactions is so far: `act broadcast`. */
  untilStory = (line: string) =>
    this.until(async () => {
      const story = await this.story()
      return story.includes(line)
    })

  txs = () => ChainTx.query().orderBy('id')

  /** `gas_topup confirmed`, in the order in which they were signed. */
  async story(operation?: ChainOperation) {
    const txs = await this.txs().if(operation, (query) => query.where('operationId', operation!.id))
    return txs.map(({ step, status }) => `${step} ${status}`)
  }

  attempts = (tx: ChainTx) => ChainTxAttempt.query().where('txId', tx.id).orderBy('id')

  /** How often that address is in the raffle. */
  async entriesOf({ address }: ChainWallet) {
    const [players] = await this.evm.read('raffle', 'getPlayers')
    return (players as string[]).filter((player) => player === address).length
  }

  async #wallet(owner: Parameters<KeyVault['create']>[1]) {
    const vault = await this.make(KeyVault)
    return transaction((trx) => vault.create(trx, owner, 0))
  }
}
