import { TelegramGateway, TelegramUnreachable } from '#core/contracts/telegram_gateway'

/** Stands in while no token is configured. */
export class MissingTelegramGateway extends TelegramGateway {
  readonly botId = null

  async call(method: string): Promise<never> {
    throw new TelegramUnreachable(method, false, { detail: 'TELEGRAM_BOT_TOKEN is not set; add it to .env' })
  }
}
