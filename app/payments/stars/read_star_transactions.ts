import { inject } from '@adonisjs/core'
import { RecordStarPayment } from '#payments/actions/record_star_payment'
import { PaymentProviders } from '#payments/providers/payment_providers'
import { TelegramStars, type StarTransaction } from '#payments/providers/telegram_stars'
import { StarCursor } from '#payments/stars/star_cursor'
import { TelegramGateway } from '#core/contracts/telegram_gateway'

/** Goes through what Telegram lists of the bot's Stars since the last time; what an update should have told is made up for. */
@inject()
export class ReadStarTransactions {
  readonly #cursor: StarCursor

  constructor(
    private providers: PaymentProviders,
    private record: RecordStarPayment,
    telegram: TelegramGateway
  ) {
    this.#cursor = new StarCursor(telegram.botId)
  }

  /** How many payments were new to us. `fromStart` looks through all there are. */
  async handle({ fromStart = false, signal }: { fromStart?: boolean; signal?: AbortSignal } = {}): Promise<number> {
    const guarded = this.providers.find('telegram_stars')
    if (!(guarded?.provider instanceof TelegramStars)) return 0
    const stars = guarded.provider
    let [found, position] = [0, fromStart ? 0 : await this.#cursor.read()]
    while (!signal?.aborted) {
      const rows = await guarded.breaker.run(() => stars.transactions(position), { repeatable: true })
      for (const row of rows) if (await this.#take(row)) found++
      position += rows.length
      await this.#cursor.move(position)
      if (rows.length === 0) break
    }
    return found
  }

  /** A row with a receiver is a refund; rows without a payload are gifts, withdrawals and the like. */
  async #take({ id, amount, date, source }: StarTransaction): Promise<boolean> {
    const [payload, telegramId] = [source?.invoice_payload, source?.user?.id]
    if (!payload || !telegramId) return false
    const payment = { telegramId, payload, chargeId: id, stars: amount, paidAt: date * 1000 }
    const { isNew } = await this.record.handle(payment)
    return isNew
  }
}
