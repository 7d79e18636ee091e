import env from '#start/env'
import type { ApplicationService } from '@adonisjs/core/types'
import { Clock } from '#core/clock'
import { Alerts } from '#core/contracts/alerts'
import { BroadcastContent } from '#core/contracts/broadcast_content'
import { Outbox } from '#core/contracts/outbox'
import { PersonalData } from '#core/contracts/personal_data'
import { Settings } from '#core/contracts/settings'
import { TelegramGateway } from '#core/contracts/telegram_gateway'
import { TelegramPace } from '#core/contracts/telegram_pace'
import { Ticks } from '#core/contracts/ticks'
import { TimelineSource } from '#core/contracts/timeline_source'
import { personalMessages } from '#notifications/outbox/personal_messages'
import { NoBroadcasts } from '#notifications/no_broadcasts'
import { DatabaseOutbox } from '#notifications/outbox/database_outbox'
import { Rates } from '#notifications/pace/rates'
import { SlotStore } from '#notifications/pace/slots'
import { PaidMode } from '#notifications/sender/paid_mode'
import { Photos } from '#notifications/sender/photos'
import { notificationSettings } from '#notifications/settings'
import { ForgetChats } from '#notifications/ticks/forget_chats'
import { ForgetMessages } from '#notifications/ticks/forget_messages'
import { PruneOutbox } from '#notifications/ticks/prune_outbox'
import { MessagesTimeline } from '#notifications/timeline/messages_timeline'

const TELEGRAM = 'https://api.telegram.org'

export default class NotificationsProvider {
  constructor(protected app: ApplicationService) {}

  register() {
    this.app.container.singleton(Outbox, (resolver) => resolver.make(DatabaseOutbox))
    this.app.container.singleton(BroadcastContent, () => new NoBroadcasts())
    this.app.container.singleton(TelegramGateway, () => makeGateway())
    this.app.container.singleton(SlotStore, () => this.#makeSlots())
    this.app.container.singleton(TelegramPace, async (resolver) => {
      const { SharedPace } = await import('#notifications/pace/shared_pace')
      return resolver.make(SharedPace)
    })
    this.app.container.singleton(Photos, async (resolver) => new Photos(await resolver.make(TelegramGateway)))
    this.app.container.singleton(
      PaidMode,
      async (resolver) =>
        new PaidMode(await resolver.make(Clock), await resolver.make(Settings), await resolver.make(Alerts))
    )
    this.app.container.singleton(Rates, async (resolver) => new Rates(await resolver.make(Settings)))
  }

  async boot() {
    const settings = await this.app.container.make(Settings)
    settings.register(notificationSettings)
    const ticks = await this.app.container.make(Ticks)
    for (const tick of [PruneOutbox, ForgetChats, ForgetMessages]) ticks.register(await this.app.container.make(tick))
    const personalData = await this.app.container.make(PersonalData)
    personalData.register(personalMessages)
    const timeline = await this.app.container.make(TimelineSource)
    timeline.register(await this.app.container.make(MessagesTimeline))
  }

  async #makeSlots(): Promise<SlotStore> {
    const { DatabaseSlots } = await import('#notifications/pace/database_slots')
    if (!env.get('REDIS_URL')) return new DatabaseSlots()
    const { RedisSlots } = await import('#notifications/pace/redis_slots')
    const { FallbackSlots } = await import('#notifications/pace/fallback_slots')
    const redis = await this.app.container.make('redis')
    const logger = await this.app.container.make('logger')
    return new FallbackSlots(new RedisSlots(redis.connection()), new DatabaseSlots(), logger)
  }
}

async function makeGateway() {
  const token = env.get('TELEGRAM_BOT_TOKEN')
  if (!token) {
    const { MissingTelegramGateway } = await import('#notifications/telegram/missing_gateway')
    return new MissingTelegramGateway()
  }
  const { HttpTelegramGateway } = await import('#notifications/telegram/http_gateway')
  return new HttpTelegramGateway(token.release(), env.get('TELEGRAM_API_ROOT') ?? TELEGRAM)
}
