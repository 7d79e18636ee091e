import app from '@adonisjs/core/services/app'
import { Clock } from '#core/clock'
import { BotConfig } from '#bot/bot_config'
import { Inbox } from '#bot/inbox/inbox'
import { UpdateStore } from '#bot/inbox/update_store'
import type { ProcessorOptions } from '#bot/inbox/update_processor'
import type { RunnerOptions } from '#bot/runner/bot_runner'
import { makeRunner } from '#bot/runner/make_runner'

export interface RunningBotOptions extends ProcessorOptions, RunnerOptions {
  token: string
  apiRoot: string
  publicUrl?: string
  webhookSecret?: string
}

/** The bot as a web process runs it, against any Bot API server. */
export async function runBot({ token, apiRoot, publicUrl, webhookSecret, ...options }: RunningBotOptions) {
  const config = new BotConfig({ token, apiRoot, publicUrl, webhookSecret, appKey: 'a key for tests' })
  const resolver = app.container.createResolver()
  const inbox = new Inbox(new UpdateStore(config.botId, await resolver.make(Clock)))
  resolver.bindValue(BotConfig, config)
  resolver.bindValue(Inbox, inbox)
  const runner = await makeRunner(resolver, options)
  runner.start()
  return { runner, inbox, config }
}
