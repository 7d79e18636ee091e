import env from '#start/env'
import type { ApplicationService } from '@adonisjs/core/types'
import { Clock } from '#core/clock'
import { HealthChecks } from '#core/contracts/health'
import { MessageComposer } from '#core/contracts/message_composer'
import { PersonalData } from '#core/contracts/personal_data'
import { Settings } from '#core/contracts/settings'
import { Ticks } from '#core/contracts/ticks'
import { BotConfig } from '#bot/bot_config'
import { botSettings } from '#bot/bot_settings'
import { Inbox } from '#bot/inbox/inbox'
import { UpdateStore } from '#bot/inbox/update_store'
import { followTick } from '#bot/invoices/follow_tick'
import { followConfirmations } from '#bot/raffle/follow_tick'
import { conversationData } from '#bot/retention/conversation_data'
import { pruneTick } from '#bot/retention/prune_tick'
import { BotStatus } from '#bot/runner/bot_status'
import type { BotRunner } from '#bot/runner/bot_runner'
import { Texts } from '#bot/texts/texts'
import { WebAddress } from '#bot/web_address'

const TELEGRAM = 'https://api.telegram.org'

export default class BotProvider {
  #runner?: BotRunner

  constructor(protected app: ApplicationService) {}

  register() {
    const { container } = this.app
    container.singleton(BotConfig, () => makeConfig())
    container.singleton(WebAddress, () => new WebAddress(env.get('PUBLIC_URL') ?? null))
    container.singleton(BotStatus, () => new BotStatus())
    container.singleton(Texts, async (resolver) => new Texts(await resolver.make('i18n')))
    container.singleton(UpdateStore, async (resolver) => {
      const { botId } = await resolver.make(BotConfig)
      return new UpdateStore(botId, await resolver.make(Clock))
    })
    container.singleton(Inbox, async (resolver) => new Inbox(await resolver.make(UpdateStore)))
    container.singleton(MessageComposer, async (resolver) => {
      const { I18nMessageComposer } = await import('#bot/texts/i18n_message_composer')
      return new I18nMessageComposer(await resolver.make(Texts))
    })
  }

  async boot() {
    const { container } = this.app
    const [settings, ticks, personalData] = [
      await container.make(Settings),
      await container.make(Ticks),
      await container.make(PersonalData),
    ]
    settings.register(botSettings)
    ticks.register(pruneTick(container))
    ticks.register(followTick(container))
    ticks.register(followConfirmations(container))
    personalData.register(conversationData)
  }

  async start() {
    if (!['web', 'test'].includes(this.app.getEnvironment()) || this.app.getMode() !== 'run') return
    const { container } = this.app
    const { BotCheck } = await import('#bot/runner/bot_check')
    const parts = [
      await container.make(BotConfig),
      await container.make(UpdateStore),
      await container.make(Clock),
    ] as const
    const checks = await container.make(HealthChecks)
    checks.register(new BotCheck(...parts))
  }

  /** Only a running web process speaks to Telegram: commands, tests and code generation boot providers too. */
  async ready() {
    if (this.app.getEnvironment() !== 'web' || this.app.getMode() !== 'run') return
    if (!env.get('TELEGRAM_BOT_TOKEN')) {
      const logger = await this.app.container.make('logger')
      logger.warn('The bot is off: TELEGRAM_BOT_TOKEN is not set')
      return
    }
    const { makeRunner } = await import('#bot/runner/make_runner')
    this.#runner = await makeRunner(this.app.container.createResolver())
    this.#runner.start()
  }

  async shutdown() {
    await this.#runner?.stop()
  }
}

function makeConfig() {
  const token = env.get('TELEGRAM_BOT_TOKEN')?.release()
  return new BotConfig({
    token: token ?? '',
    apiRoot: env.get('TELEGRAM_API_ROOT') ?? TELEGRAM,
    publicUrl: token && env.get('PUBLIC_URL'),
    webhookSecret: env.get('TELEGRAM_WEBHOOK_SECRET')?.release(),
    appKey: env.get('APP_KEY').release(),
  })
}
