import env from '#start/env'
import type { ApplicationService } from '@adonisjs/core/types'
import { Clock } from '#core/clock'
import { Settings } from '#core/contracts/settings'
import { TelegramGateway } from '#core/contracts/telegram_gateway'
import { Ticks } from '#core/contracts/ticks'
import { PaymentProviders } from '#payments/providers/payment_providers'
import { PurposeHandlers } from '#payments/purposes'
import { paymentSettings } from '#payments/settings'
import { PollInvoices } from '#payments/ticks/poll_invoices'
import { ReadStars } from '#payments/ticks/read_stars'
import { SendRefunds } from '#payments/ticks/send_refunds'
import { SweepWebhooks } from '#payments/ticks/sweep_webhooks'
import { topUpPurpose } from '#payments/top_up_purpose'
import { WebhookSenders } from '#payments/webhooks/webhook_senders'

export default class PaymentsProvider {
  constructor(protected app: ApplicationService) {}

  register() {
    const { container } = this.app
    container.singleton(PurposeHandlers, () => new PurposeHandlers())
    container.singleton(WebhookSenders, () => {
      const heleket = env.get('HELEKET_WEBHOOK_IPS')
      return new WebhookSenders(heleket ? { heleket } : {})
    })
    container.singleton(PaymentProviders, async (resolver) => {
      const { makeProviders } = await import('#payments/providers/make_providers')
      const parts = [
        await resolver.make(Clock),
        await resolver.make(Settings),
        await resolver.make(TelegramGateway),
      ] as const
      return makeProviders(...parts)
    })
  }

  async boot() {
    const { container } = this.app
    const settings = await container.make(Settings)
    settings.register(paymentSettings)
    const purposes = await container.make(PurposeHandlers)
    purposes.register(topUpPurpose)
    const ticks = await container.make(Ticks)
    for (const tick of [PollInvoices, ReadStars, SweepWebhooks, SendRefunds]) ticks.register(await container.make(tick))
  }
}
