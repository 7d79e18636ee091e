import type { ContainerResolver } from '@adonisjs/core/container'
import type { ContainerBindings } from '@adonisjs/core/types'
import { Logger } from '@adonisjs/core/logger'
import limiter from '@adonisjs/limiter/services/main'
import { Clock } from '#core/clock'
import { ErrorReporter } from '#core/contracts/error_reporter'
import { Settings } from '#core/contracts/settings'
import { TelegramPace } from '#core/contracts/telegram_pace'
import { Leases } from '#system/leases/leases'
import { AnswerDelivery } from '#bot/answers/answer_delivery'
import { AnswerStore } from '#bot/answers/answer_store'
import { createBot, type BotOptions } from '#bot/bot'
import { BotConfig } from '#bot/bot_config'
import type { BotDependencies } from '#bot/dependencies'
import { markUnreachable } from '#bot/mark_unreachable'
import { Inbox } from '#bot/inbox/inbox'
import { UpdateProcessor, type ProcessorOptions } from '#bot/inbox/update_processor'
import { BotLimits } from '#bot/limits/bot_limits'
import { AdminChats } from '#bot/runner/admin_chats'
import { BotRunner, type RunnerOptions } from '#bot/runner/bot_runner'
import { BotStatus } from '#bot/runner/bot_status'
import { BotUpdateHandler } from '#bot/runner/bot_update_handler'
import { CommandMenus } from '#bot/runner/command_menus'
import { SessionStore } from '#bot/sessions/session_store'
import { LongPolling } from '#bot/telegram/long_polling'
import { paceTransformer } from '#bot/telegram/pace_transformer'
import { Texts } from '#bot/texts/texts'

type Resolver = ContainerResolver<ContainerBindings>

export async function makeDependencies(resolver: Resolver): Promise<BotDependencies> {
  const [clock, settings] = [await resolver.make(Clock), await resolver.make(Settings)]
  const { botId } = await resolver.make(BotConfig)
  return {
    make: (maker) => resolver.make(maker as any),
    clock,
    settings,
    logger: await resolver.make(Logger),
    texts: await resolver.make(Texts),
    errors: await resolver.make(ErrorReporter),
    limits: new BotLimits(limiter, settings),
    sessions: new SessionStore(clock),
    answers: new AnswerStore(botId, clock),
    adminChats: new AdminChats(botId, clock),
  }
}

/** Puts the bot of a web process together. */
export async function makeRunner(
  resolver: Resolver,
  options: BotOptions & ProcessorOptions & RunnerOptions = {}
): Promise<BotRunner> {
  const config = await resolver.make(BotConfig)
  const inbox = await resolver.make(Inbox)
  const deps = await makeDependencies(resolver)
  const { clock, logger, errors } = deps
  const { bot, directory } = createBot(config.token, deps, { apiRoot: config.apiRoot, ...options })
  bot.api.config.use(paceTransformer(await resolver.make(TelegramPace)))

  const handler = new BotUpdateHandler(bot, deps)
  const leave = (telegramId: number, reason: string) => markUnreachable(deps, telegramId, reason)
  const owed = { api: bot.api, store: deps.answers, markUnreachable: leave, errors, logger }
  const parts = {
    bot,
    config,
    inbox,
    clock,
    logger,
    processor: new UpdateProcessor(inbox.store, handler, clock, logger, options),
    answers: new AnswerDelivery(owed, options.sweepEveryMs),
    polling: new LongPolling(bot.api, inbox, await resolver.make(Leases), logger),
    menus: new CommandMenus(bot.api, directory, deps.texts, deps.adminChats),
    status: await resolver.make(BotStatus),
  }
  return new BotRunner(parts, options)
}
