import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { ChangeFragmentSession } from '#stars/actions/change_fragment_session'
import { ChangeFragmentWallet } from '#stars/actions/change_fragment_wallet'
import { FragmentGateway } from '#stars/fulfilment/fragment/fragment_gateway'
import { FragmentSessions } from '#stars/fulfilment/fragment/fragment_sessions'
import StarFulfilment from '#stars/models/star_fulfilment'
import type StarOrder from '#stars/models/star_order'
import { fulfilmentProvider } from '#stars/settings'
import { SandboxServer } from '#sandbox/server'
import { TonApi } from '#ton/ton_api'
import TonTransfer from '#ton/models/ton_transfer'
import { ADMIN, StarsWorld, valueOf } from '#tests/support/stars/world'
import { SECOND } from '#tests/support/test_clock'

/** Words of a wallet made for these tests; it holds nothing anywhere. */
export const MNEMONIC =
  'foster creek inmate brave usual behave list flush science cloth use fish horn dragon blame include spend ecology embrace artefact stereo dawn voyage fetch'

export const COOKIES =
  'stel_ssid=sandbox-ssid; stel_dt=-180; stel_token=sandbox-token; stel_ton_token=sandbox-ton-token'

/** A shop that delivers through the sandbox's Fragment, with a wallet of 1 000 TON. The clock begins at the present. */
export class FragmentWorld extends StarsWorld {
  sandbox!: SandboxServer
  address!: string

  async setup() {
    await super.setup()
    this.clock.moveTo(new Date().getTime())
    this.sandbox = await SandboxServer.start({ samples: false })
    const { FRAGMENT_URL, TON_API_URL } = this.sandbox.services
    const sessions = await app.container.make(FragmentSessions)
    const gateway = new FragmentGateway(FRAGMENT_URL, sessions)
    const api = new TonApi({ url: TON_API_URL, timeoutMs: 2000 })
    app.container.swap(FragmentGateway, () => gateway)
    app.container.swap(TonApi, () => api)
    await this.set(fulfilmentProvider, 'fragment')
    this.sandbox.customer({ id: 8001, first_name: 'Bob', username: 'bob_fragment', stars: 0 })
    await this.storeSession()
    const wallet = await this.make(ChangeFragmentWallet)
    this.address = valueOf(await wallet.handle({ mnemonic: MNEMONIC, actor: ADMIN })).address
  }

  async stop() {
    app.container.restoreAll([FragmentGateway, TonApi])
    this.teardown()
    await this.sandbox.stop()
  }

  async storeSession(cookies = COOKIES) {
    const session = await this.make(ChangeFragmentSession)
    return valueOf(await session.handle({ cookies, actor: ADMIN }))
  }

  /** A paid order of 100 Stars for Bob. */
  async order(stars = 100, username = 'bob_fragment') {
    const customer = await this.customer()
    const order = await this.bought(customer, { choice: { stars }, recipient: { kind: 'username', username } })
    return { customer, order }
  }

  /** Time passes, and the delivery is taken up whenever it is due, until it waits for longer than `patienceMs`. */
  async follow(order: StarOrder, patienceMs = 60 * SECOND) {
    for (;;) {
      await this.deliver(order)
      const open = await StarFulfilment.query().where('orderId', order.id).whereNull('finishedAt').first()
      const waitMs = open ? open.nextStepAt - this.clock.now() : Number.POSITIVE_INFINITY
      if (waitMs > patienceMs) return order
      this.pass(waitMs)
    }
  }

  /** Everything outside answers again, and nobody holds what was against it. */
  async heal() {
    this.sandbox.faults.clear()
    const [gateway, api] = [await this.make(FragmentGateway), await this.make(TonApi)]
    gateway.circuit.reset()
    api.circuit.reset()
  }

  /** For us and for the outside world. */
  pass(ms: number) {
    this.clock.advance(ms)
    this.sandbox.advance(ms)
  }

  /** The state of the latest attempt. */
  async attempt(order: StarOrder) {
    return StarFulfilment.query().where('orderId', order.id).orderBy('attempt', 'desc').firstOrFail()
  }

  transfers() {
    return TonTransfer.query().orderBy('id')
  }

  get bobsStars() {
    return this.sandbox.stars(8001)
  }

  purchases() {
    return this.sandbox.fragment.purchases()
  }

  /** What the tables hold, as text: for secrets that must not be there. */
  async everythingStored(): Promise<string> {
    const tables = [
      'fragment_sessions',
      'ton_wallets',
      'audit_entries',
      'star_fulfilments',
      'notifications',
      'queue_jobs',
    ]
    const rows = await Promise.all(tables.map((table) => db.from(table)))
    return JSON.stringify(rows)
  }
}
