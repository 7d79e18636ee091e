import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { CreateWallet } from '#chain/actions/create_wallet'
import type { ChainConfig } from '#chain/chain_config'
import type { Listener } from '#chain/listener/listener'
import ChainOperation from '#chain/models/chain_operation'
import ChainTx from '#chain/models/chain_tx'
import type ChainWallet from '#chain/models/chain_wallet'
import { ChainSender } from '#chain/sender/chain_sender'
import { Treasury } from '#chain/treasury/treasury'
import { Clock } from '#core/clock'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { Settings, type SettingDefinition } from '#core/contracts/settings'
import type { Tick } from '#core/contracts/ticks'
import { transaction } from '#core/database/transaction'
import { CustomerFactory } from '#database/factories/customer_factory'
import type Customer from '#customers/models/customer'
import { EnterRaffle, type EnterRaffleInput } from '#raffles/actions/enter_raffle'
import { RequestDraw, type RequestDrawInput } from '#raffles/actions/request_draw'
import Raffle from '#raffles/models/raffle'
import type RaffleEntry from '#raffles/models/raffle_entry'
import { KeepRound } from '#raffles/ticks/keep_round'
import { bindChain } from '#tests/support/chain/bind_chain'
import { EvmWorld, type EvmOptions } from '#tests/support/chain/evm'
import { catchUp, newListener } from '#tests/support/chain/listening'
import { resetDatabase } from '#tests/support/database'
import { accepted } from '#tests/support/ledger'
import { SECOND, TestClock } from '#tests/support/test_clock'

const ETHER = 10n ** 18n
export const FEE = 5_000_000n
export const ADMIN = { type: 'admin', id: 1, name: 'Olena' } as const

let keys = 0

/** The raffle on a chain of its own, with a treasury, the sender and the listener, which go on when they are told to. */
export class RaffleWorld {
  readonly clock = new TestClock()
  treasury!: ChainWallet
  #listener!: Listener
  #sender!: ChainSender
  #fresh!: string

  private constructor(readonly evm: EvmWorld) {}

  static async start(options: EvmOptions = {}) {
    const world = new RaffleWorld(await EvmWorld.start({ entranceFee: FEE, ...options }))
    world.#fresh = await world.evm.snapshot()
    return world
  }

  stop() {
    return this.evm.stop()
  }

  /** Before each test: everything as at the beginning, the first round open. */
  async setup(config: Partial<ChainConfig> = {}) {
    await resetDatabase()
    await this.evm.revert(this.#fresh)
    this.#fresh = await this.evm.snapshot()
    await this.evm.automine(true)
    const unbind = bindChain(this.evm.chainConfig({ confirmations: 3, ...config }))
    this.clock.moveTo(await this.#blockTime())
    app.container.swap(Clock, () => this.clock)
    this.#listener = await newListener()
    this.#sender = await this.make(ChainSender)
    this.treasury = await this.#treasury()
    await this.listen()
    await this.tick(KeepRound)
    return () => {
      unbind()
      app.container.restore(Clock)
    }
  }

  make<T>(dependency: new (...args: any[]) => T): Promise<T> {
    return app.container.make(dependency) as Promise<T>
  }

  async set<T>(definition: SettingDefinition<T>, value: T) {
    const settings = await app.container.make(Settings)
    await transaction((trx) => settings.set(trx, definition, value))
  }

  async tick(tick: new (...args: any[]) => Tick) {
    const made = await this.make(tick)
    await made.run(new AbortController().signal)
  }

  /** Whose wallet holds USDT for one entry, unless told. */
  async customer(usdt = FEE, columns: Partial<Customer> = {}) {
    const customer = await CustomerFactory.merge(columns as any).create()
    const wallet = await this.wallet(customer)
    if (usdt > 0n) await this.evm.mint(wallet.address, usdt)
    return customer
  }

  async wallet({ id: customerId }: Customer) {
    const action = await this.make(CreateWallet)
    return accepted(await action.run({ customerId, actor: SYSTEM_ACTOR }))
  }

  async enter({ id: customerId }: Customer, input: Partial<EnterRaffleInput> = {}) {
    const action = await this.make(EnterRaffle)
    const actor = { type: 'customer', id: customerId, name: 'Anna' } as const
    return action.run({ key: `test:${++keys}`, customerId, source: 'bot', actor, ...input })
  }

  async entered(customer: Customer, input: Partial<EnterRaffleInput> = {}) {
    return accepted(await this.enter(customer, input))
  }

  async draw(input: Partial<RequestDrawInput> = {}) {
    const action = await this.make(RequestDraw)
    return action.run({ cause: 'admin', requestedBy: ADMIN, ...input })
  }

  /** The listener reads what there is. */
  listen() {
    return catchUp(this.#listener)
  }

  /** Blocks on top, until what stands below stays, and the listener knows. */
  async settle(blocks = 3) {
    await this.evm.mine(blocks)
    await this.listen()
  }

  /** A round of the sender, a second later. */
  async send() {
    await this.#sender.pass()
    this.clock.advance(SECOND)
  }

  /** The sender, blocks and the listener in turns until that is so. @throws when it does not come to be. */
  async until(isSo: () => Promise<boolean>, rounds = 60) {
    for (let i = 0; i < rounds; i++) {
      if (await isSo()) return
      await this.send()
      await this.evm.mine()
      await this.listen()
    }
    const [operations, txs] = [await ChainOperation.all(), await ChainTx.query().orderBy('id')]
    throw new Error(
      `It did not come to be: ${JSON.stringify({
        operations: operations.map(({ kind, status, reason, detail }) => ({ kind, status, reason, detail })),
        txs: txs.map(({ step, nonce, status, error }) => ({ step, nonce, status, error })),
      })}`
    )
  }

  untilStatus(entry: RaffleEntry, status: RaffleEntry['status']) {
    return this.until(async () => {
      await entry.refresh()
      return entry.status === status
    })
  }

  /** Until nothing of ours is under way. */
  untilQuiet = () =>
    this.until(async () => {
      const [open] = await ChainOperation.query().whereNull('finishedAt').limit(1)
      return !open
    })

  current = () => Raffle.query().whereNot('status', 'finished').firstOrFail()

  round = (round: number) => Raffle.findByOrFail('round', round)

  /** What the customer was told, in order: operation and template. */
  async told({ id }: Customer): Promise<string[]> {
    const rows = await db.from('notifications').where('customer_id', id).orderBy('id')
    return rows.map(({ operation, template }) => `${operation} ${template}`)
  }

  /** A whole round of somebody else's: these enter, the first one wins. Answers the request's id. */
  async playOut(players: string[]) {
    for (const player of players) await this.evm.enterAs(player)
    const request = await this.evm.requestDraw()
    await this.evm.fulfil(request)
    return request
  }

  async #treasury() {
    const treasury = await this.make(Treasury)
    const wallet = await treasury.wallet()
    await this.evm.setBalance(wallet.address, ETHER)
    return wallet
  }

  async #blockTime() {
    const block = await this.evm.rpc.call<{ timestamp: string }>('eth_getBlockByNumber', ['latest', false])
    return Number(block.timestamp) * SECOND
  }
}
