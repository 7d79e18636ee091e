import env from '#start/env'
import type { ApplicationService } from '@adonisjs/core/types'
import { Clock } from '#core/clock'
import { Settings } from '#core/contracts/settings'
import { TelegramGateway } from '#core/contracts/telegram_gateway'
import { PersonalData } from '#core/contracts/personal_data'
import { TimelineSource } from '#core/contracts/timeline_source'
import { KeyWrapper } from '#core/contracts/key_wrapper'
import { HealthChecks } from '#core/contracts/health'
import { LedgerReferences } from '#ledger/references/references'
import { invoiceCauses } from '#payments/invoice_causes'
import { paymentData } from '#payments/personal_data'
import { PaymentsTimeline } from '#payments/timeline'
import { BreakerWatch } from '#payments/watch/breaker_watch'
import { Ticks } from '#core/contracts/ticks'
import { PaymentProviders } from '#payments/providers/payment_providers'
import { PurposeHandlers } from '#payments/purposes'
import { paymentSettings } from '#payments/settings'
import { PollInvoices } from '#payments/ticks/poll_invoices'
import { ReadStars } from '#payments/ticks/read_stars'
import { RefreshRates } from '#payments/ticks/refresh_rates'
import { SendRefunds } from '#payments/ticks/send_refunds'
import { SweepWebhooks } from '#payments/ticks/sweep_webhooks'
import { topUpPurpose } from '#payments/top_up_purpose'
import { WebhookStore } from '#payments/webhooks/webhook_store'
import { WebhookSenders } from '#payments/webhooks/webhook_senders'

export default class PaymentsProvider {
  #watch?: BreakerWatch

  constructor(protected app: ApplicationService) {}

  register() {
    const { container } = this.app
    container.singleton(PurposeHandlers, () => new PurposeHandlers())
    container.singleton(WebhookStore, () => new WebhookStore())
    container.singleton(WebhookSenders, () => {
      const heleket = env.get('HELEKET_WEBHOOK_IPS')
      return new WebhookSenders(heleket ? { heleket } : {})
    })
    container.singleton(PaymentProviders, async (resolver) => {
      const { makeProviders } = await import('#payments/providers/make_providers')
      const telegram = await resolver.make(TelegramGateway)
      return makeProviders(
        await resolver.make(Clock),
        await resolver.make(Settings),
        telegram,
        await resolver.make(KeyWrapper)
      )
    })
  }

  async boot() {
    const { container } = this.app
    const settings = await container.make(Settings)
    settings.register(paymentSettings)
    const purposes = await container.make(PurposeHandlers)
    purposes.register(topUpPurpose)
    const timeline = await container.make(TimelineSource)
    timeline.register(new PaymentsTimeline())
    const personalData = await container.make(PersonalData)
    personalData.register(paymentData)
    const references = await container.make(LedgerReferences)
    references.register(invoiceCauses)
    const ticks = await container.make(Ticks)
    for (const tick of [PollInvoices, ReadStars, RefreshRates, SweepWebhooks, SendRefunds])
      ticks.register(await container.make(tick))
  }

  /** The web process asks how every way of paying fares, and so does the doctor. */
  async start() {
    const { container } = this.app
    if (this.app.getMode() !== 'run') return
    const { PaymentCheck } = await import('#payments/watch/payment_check')
    const checks = await container.make(HealthChecks)
    checks.register(await container.make(PaymentCheck))
    if (!['web', 'test'].includes(this.app.getEnvironment())) return
    const { registerPaymentGauges } = await import('#payments/watch/payment_gauges')
    registerPaymentGauges(await container.make(Clock), await container.make(PaymentProviders))
  }

  /** Each process tells of its own breakers. */
  async ready() {
    if (this.app.getEnvironment() === 'test' || this.app.getMode() !== 'run') return
    this.#watch = await this.app.container.make(BreakerWatch)
    this.#watch.start()
  }

  async shutdown() {
    this.#watch?.stop()
  }
}
