import { setTimeout as sleep } from 'node:timers/promises'
import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import { TelegramPace, TelegramPaused } from '#core/contracts/telegram_pace'
import { ChatNotes } from '#notifications/pace/chat_notes'
import { Rates, spacingUs } from '#notifications/pace/rates'
import { SlotStore } from '#notifications/pace/slots'

/** Nobody waits longer than that for an answer of the bot. */
const MAX_WAIT_MS = 10_000

/** The budget as the bot's interactive answers see it. */
@inject()
export class SharedPace extends TelegramPace {
  constructor(
    private readonly slots: SlotStore,
    private readonly rates: Rates,
    private readonly chats: ChatNotes,
    private readonly logger: Logger
  ) {
    super()
  }

  async takeInteractive(chatId: number) {
    const { reserved, waitUs } = await this.slots.reserve({
      lane: 'free',
      count: 1,
      spacingUs: spacingUs(await this.rates.of('free')),
      maxWaitUs: MAX_WAIT_MS * 1000,
    })
    if (!reserved) throw new TelegramPaused(waitUs / 1000)
    this.chats
      .answered(chatId)
      .catch((error) => this.logger.warn({ err: error }, 'The answered chat could not be noted'))
    if (waitUs > 0) await sleep(waitUs / 1000)
  }

  async pause(retryAfter: number, chatId?: number) {
    if (chatId !== undefined && chatId < 0) await this.chats.pause(chatId, retryAfter * 1000)
    else await this.slots.pause(retryAfter * 1000)
  }
}
