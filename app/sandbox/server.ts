import { createServer, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { CryptoPay } from '#sandbox/crypto_pay/crypto_pay'
import { ControlError } from '#sandbox/errors'
import type { EvmChain } from '#sandbox/evm/chain'
import type { Faults } from '#sandbox/faults'
import type { Fragment } from '#sandbox/fragment/fragment'
import { parseBody } from '#sandbox/http/body'
import { Handler } from '#sandbox/http/handler'
import type { Heleket } from '#sandbox/heleket/heleket'
import type { Journal } from '#sandbox/journal'
import { DEFAULTS, risingIds, type SandboxOptions } from '#sandbox/options'
import { SandboxPeople } from '#sandbox/people/index'
import { addSamples } from '#sandbox/people/samples'
import { Persistence } from '#sandbox/persistence'
import type { Calls } from '#sandbox/services/calls'
import { serviceEnvironment } from '#sandbox/services/environment'
import type { ProviderWebhooks } from '#sandbox/services/webhooks'
import type { TonChain } from '#sandbox/ton/chain'
import { World } from '#sandbox/world'

const TICK_MS = 1000
const LOOPBACK = ['127.0.0.1', '::1', 'localhost']

/**
 * A Telegram Bot API server on this machine.
 *
 *     const sandbox = await SandboxServer.start({ token })
 *     const bot = new Bot(token, { client: { apiRoot: sandbox.url } })
 *     const anna = sandbox.customer({ first_name: 'Anna' })
 *     sandbox.say(anna, '/start')
 *     const menu = await sandbox.waitForMessage(anna, { button: 'Settings' })
 *     await sandbox.stop()
 */
export class SandboxServer extends SandboxPeople {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #ticking?: NodeJS.Timeout
  #persistence?: Persistence

  static async start(options: Partial<SandboxOptions> = {}): Promise<SandboxServer> {
    const merged = { ...DEFAULTS, ...risingIds(), ...options }
    if (!LOOPBACK.includes(merged.host)) {
      throw new ControlError(422, `The sandbox listens on this machine only, not on ${merged.host}.`)
    }
    const sandbox = new SandboxServer(new World(merged))
    const restored = merged.dataDir !== undefined && sandbox.#keepIn(merged.dataDir)
    if (merged.samples && !restored) addSamples(sandbox.world)
    await sandbox.world.evm.start()
    await sandbox.#listen().catch(async (error: unknown) => {
      await sandbox.world.evm.stop()
      throw error
    })
    sandbox.world.origin = sandbox.url
    sandbox.#ticking = setInterval(() => sandbox.world.tick(), TICK_MS)
    return sandbox
  }

  private constructor(world: World) {
    super(world)
    const handler = new Handler(world)
    this.#server = createServer({ keepAliveTimeout: 75_000, requestTimeout: 0 }, (request, response) => {
      void handler.handle(request, response, performance.now())
    })
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket)
      socket.on('close', () => this.#sockets.delete(socket))
    })
    world.webhook.onReply = (method, contentType, body) => {
      parseBody(Buffer.from(body), contentType)
        .then((params) => handler.botApi.callSilently(method, params, performance.now()))
        .catch((error: unknown) => console.error(error))
    }
  }

  get token(): string {
    return this.world.options.token
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** What `TELEGRAM_API_ROOT` is set to. */
  get url(): string {
    const { host } = this.world.options
    return `http://${host.includes(':') ? `[${host}]` : host}:${this.port}`
  }

  get faults(): Faults {
    return this.world.faults
  }

  get journal(): Journal {
    return this.world.journal
  }

  /** What the product needs to know to talk to this server in place of the real services. */
  get services(): Record<string, string> {
    return serviceEnvironment(this.url, this.world.evm.url !== null)
  }

  set productUrl(url: string) {
    this.world.productUrl = url
  }

  get cryptoPay(): CryptoPay {
    return this.world.cryptoPay
  }

  get heleket(): Heleket {
    return this.world.heleket
  }

  get fragment(): Fragment {
    return this.world.fragment
  }

  get ton(): TonChain {
    return this.world.ton
  }

  get evm(): EvmChain {
    return this.world.evm
  }

  get webhooks(): ProviderWebhooks {
    return this.world.webhooks
  }

  /** How often each method of each service was called. */
  get calls(): Calls {
    return this.world.calls
  }

  /** Moves the sandbox's clock, and lets happen what that brings. */
  advance(ms: number): void {
    this.world.clock.advance(ms)
    this.world.tick()
  }

  /** Ends open connections too: long polls and event streams never end by themselves. */
  async stop(): Promise<void> {
    this.#persistence?.stop()
    clearInterval(this.#ticking)
    this.world.stop()
    await this.world.evm.stop()
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve())
      for (const socket of this.#sockets) socket.destroy()
    })
  }

  /** Answers whether there was something to go on with. */
  #keepIn(dataDir: string): boolean {
    this.#persistence = new Persistence(this.world, dataDir)
    const restored = this.#persistence.load()
    this.#persistence.start()
    return restored
  }

  #listen(): Promise<void> {
    const { host, port } = this.world.options
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(port, host, () => resolve())
    })
  }
}
