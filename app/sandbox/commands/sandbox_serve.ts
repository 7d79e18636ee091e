import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import type { SandboxEnvironment } from '#sandbox/environment'
import type { SandboxServer } from '#sandbox/server'

/** Runs until it is told to stop; knows no database and survives whatever happens to the product. */
export default class SandboxServe extends BaseCommand {
  static readonly commandName = 'sandbox:serve'
  static readonly description = 'Serve Telegram, payment providers and Fragment locally, with pages for what people do'
  static readonly help = [
    'The product talks to it as to Telegram: set TELEGRAM_API_ROOT to the address it prints, and the other variables below it.',
    'Its own API for tests and benches is described in app/sandbox/README.md.',
  ]
  static readonly options: CommandOptions = { staysAlive: true }

  @flags.number({ description: 'Port to listen on; by default the one in TELEGRAM_API_ROOT, or 8081' })
  declare port?: number

  @flags.string({ description: 'Address to listen on, of this machine only', default: '127.0.0.1' })
  declare host: string

  @flags.string({ description: 'Token of the bot; by default TELEGRAM_BOT_TOKEN' })
  declare token?: string

  @flags.string({ description: 'Folder where chats survive a restart of the sandbox' })
  declare dataDir?: string

  @flags.string({ description: "The product's address for payment webhooks; by default http://HOST:PORT of .env" })
  declare productUrl?: string

  @flags.number({ description: 'How many requests the journal keeps', default: 200_000 })
  declare journal: number

  @flags.number({ description: 'How many messages are kept over all chats', default: 100_000 })
  declare keepMessages: number

  @flags.boolean({ description: 'Refuse what is sent faster than Telegram allows' })
  declare limits?: boolean

  @flags.boolean({ description: 'Run an Ethereum chain (anvil) with USDT and the raffle', default: true })
  declare chain: boolean

  @flags.boolean({ description: 'Begin with the sample people and groups', default: true })
  declare samples: boolean

  #sandbox?: SandboxServer

  async run() {
    const { readEnvironment, refusalToServe } = await import('#sandbox/environment')
    const environment = await readEnvironment(this.app.appRoot)
    const refusal = refusalToServe(environment, { host: this.host, port: this.port })
    if (refusal) {
      this.logger.error(refusal)
      this.exitCode = 1
      return this.terminate()
    }
    await this.#serve(environment)
  }

  async #serve(environment: SandboxEnvironment) {
    const port = this.port ?? environment.port
    const token = this.token ?? environment.token
    const { SandboxServer } = await import('#sandbox/server')
    const { risingId } = await import('#sandbox/options')
    try {
      this.#sandbox = await SandboxServer.start({
        port,
        host: this.host,
        ...(token && { token }),
        ...(this.dataDir && { dataDir: this.app.makePath(this.dataDir) }),
        productUrl: this.productUrl ?? environment.productUrl,
        confirmMs: 2000,
        evm: this.chain,
        journalSize: this.journal,
        keepMessages: this.keepMessages,
        limits: this.limits ?? false,
        samples: this.samples,
        firstMessageId: risingId(Date.now()),
      })
    } catch (error) {
      this.logger.error(`The sandbox can't listen on ${this.host}:${port}: ${(error as Error).message}`)
      this.exitCode = 1
      return this.terminate()
    }
    this.app.terminating(() => this.#sandbox?.stop())
    this.logger.info(`The sandbox listens on ${this.#sandbox.url}: open it to chat with the bot.`)
    const { problem } = this.#sandbox.evm
    if (problem) this.logger.warning(problem)
    this.logger.info(`Payment webhooks go to ${this.#sandbox.world.productUrl}. For the product's .env:`)
    for (const [name, value] of Object.entries(this.#sandbox.services)) this.logger.log(`${name}=${value}`)
  }
}
