import { Bot } from 'grammy'
import type { UserFromGetMe } from 'grammy/types'
import { BotContext } from '#bot/context'
import type { BotDependencies } from '#bot/dependencies'
import { Directory } from '#bot/directory'
import type { Feature } from '#bot/feature'
import { adminFeature } from '#bot/features/admin'
import { balanceFeature } from '#bot/features/balance'
import { betFeature } from '#bot/features/bet'
import { composeBroadcastFeature } from '#bot/features/compose_broadcast'
import { debugFeature } from '#bot/features/debug'
import { draftsFeature, flowMessages } from '#bot/features/drafts'
import { figuresFeature } from '#bot/features/figures'
import { helpFeature } from '#bot/features/help'
import { historyFeature } from '#bot/features/history'
import { invoicesFeature } from '#bot/features/invoices'
import { languageFeature } from '#bot/features/language'
import { leaderboardFeature } from '#bot/features/leaderboard'
import { linkAdminFeature } from '#bot/features/link_admin'
import { marketsFeature } from '#bot/features/markets'
import { membership } from '#bot/features/membership'
import { menuFeature } from '#bot/features/menu'
import { missionsFeature } from '#bot/features/missions'
import { myBetsFeature } from '#bot/features/my_bets'
import { newsFeature } from '#bot/features/news'
import { profileFeature } from '#bot/features/profile'
import { raffleFeature } from '#bot/features/raffle'
import { raffleEntriesFeature } from '#bot/features/raffle_entries'
import { raffleEntryFeature } from '#bot/features/raffle_entry'
import { settingsFeature } from '#bot/features/settings'
import { starOrdersFeature } from '#bot/features/star_orders'
import { starPaymentsFeature } from '#bot/features/star_payments'
import { starPurchaseFeature } from '#bot/features/star_purchase'
import { starShopFeature } from '#bot/features/star_shop'
import { startFeature } from '#bot/features/start'
import { statisticsFeature } from '#bot/features/statistics'
import { timeZoneFeature } from '#bot/features/time_zone'
import { topUpFeature } from '#bot/features/top_up'
import { unhandled } from '#bot/features/unhandled'
import { walletFeature } from '#bot/features/wallet'
import { withdrawFeature } from '#bot/features/withdraw'
import { withdrawalsFeature } from '#bot/features/withdrawals'
import { answerCallbacks } from '#bot/middleware/answer_callbacks'
import { CountedDays } from '#bot/middleware/counted_days'
import { databaseSession } from '#bot/middleware/database_session'
import { errorBoundary } from '#bot/middleware/error_boundary'
import { identifyCustomer } from '#bot/middleware/identify_customer'
import { limitUpdates } from '#bot/middleware/limit_updates'
import { oweAnswers } from '#bot/middleware/owe_answers'
import { privateChats } from '#bot/middleware/private_chats'
import { provide } from '#bot/middleware/provide'
import { recordActivity } from '#bot/middleware/record_activity'
import { refuseBanned } from '#bot/middleware/refuse_banned'

export interface BotOptions {
  apiRoot?: string
  /** Known already: spares the question to Telegram. */
  botInfo?: UserFromGetMe
  /** Further features, in front of the unhandled. */
  features?: (directory: Directory) => Feature[]
}

/** The bot as an ordered list: what comes first sees an update first. */
export function createBot(token: string, deps: BotDependencies, options: BotOptions = {}) {
  const bot = new Bot<BotContext>(token, {
    ContextConstructor: BotContext,
    botInfo: options.botInfo,
    client: { apiRoot: options.apiRoot, timeoutSeconds: 60 },
  })
  const directory = new Directory()
  const counted = new CountedDays()

  bot.use(provide(deps))
  bot.use(errorBoundary())
  bot.use(privateChats())
  bot.use(oweAnswers())
  bot.use(membership(counted))
  bot.use(limitUpdates())
  bot.use(answerCallbacks())
  bot.use(identifyCustomer())
  bot.use(refuseBanned())
  bot.use(recordActivity(counted))
  bot.use(databaseSession())

  const features = [
    startFeature(directory),
    menuFeature(directory),
    draftsFeature(directory),
    starShopFeature(directory),
    starPurchaseFeature(directory),
    starOrdersFeature(),
    balanceFeature(directory),
    starPaymentsFeature(),
    topUpFeature(directory),
    invoicesFeature(),
    historyFeature(directory),
    marketsFeature(directory),
    betFeature(directory),
    myBetsFeature(directory),
    missionsFeature(directory),
    leaderboardFeature(directory),
    profileFeature(directory),
    raffleFeature(directory),
    raffleEntryFeature(),
    raffleEntriesFeature(),
    walletFeature(directory),
    withdrawFeature(directory),
    withdrawalsFeature(),
    statisticsFeature(),
    settingsFeature(),
    languageFeature(directory),
    timeZoneFeature(directory),
    newsFeature(),
    helpFeature(directory),
    linkAdminFeature(directory),
    adminFeature(),
    figuresFeature(),
    composeBroadcastFeature(directory),
    debugFeature(),
    ...(options.features?.(directory) ?? []),
  ]
  for (const feature of features) {
    directory.add(feature)
    bot.use(feature.composer)
  }

  bot.use(flowMessages(directory))
  bot.use(unhandled(directory))
  return { bot, directory }
}
