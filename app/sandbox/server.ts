import { createServer, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { ControlError } from '#sandbox/errors'
import type { Faults } from '#sandbox/faults'
import { parseBody } from '#sandbox/http/body'
import { Handler } from '#sandbox/http/handler'
import type { Journal } from '#sandbox/journal'
import { DEFAULTS, risingId, type SandboxOptions } from '#sandbox/options'
import { SandboxPeople } from '#sandbox/people/index'
import { addSamples } from '#sandbox/people/samples'
import { Persistence } from '#sandbox/persistence'
import { World } from '#sandbox/world'

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
  #persistence?: Persistence

  static async start(options: Partial<SandboxOptions> = {}): Promise<SandboxServer> {
    const merged = { ...DEFAULTS, firstUpdateId: risingId(Date.now()), ...options }
    if (!LOOPBACK.includes(merged.host)) {
      throw new ControlError(422, `The sandbox listens on this machine only, not on ${merged.host}.`)
    }
    const sandbox = new SandboxServer(new World(merged))
    const restored = merged.dataDir !== undefined && sandbox.#keepIn(merged.dataDir)
    if (merged.samples && !restored) addSamples(sandbox.world)
    await sandbox.#listen()
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

  /** Ends open connections too: long polls and event streams never end by themselves. */
  async stop(): Promise<void> {
    this.#persistence?.stop()
    this.world.webhook.stop()
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
