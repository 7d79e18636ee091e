import type { ApplicationService } from '@adonisjs/core/types'
import { Clock } from '#core/clock'
import { Settings } from '#core/contracts/settings'
import { TelegramGateway } from '#core/contracts/telegram_gateway'
import { PaymentProviders } from '#payments/providers/payment_providers'
import { PurposeHandlers } from '#payments/purposes'
import { paymentSettings } from '#payments/settings'
import { topUpPurpose } from '#payments/top_up_purpose'

export default class PaymentsProvider {
  constructor(protected app: ApplicationService) {}

  register() {
    const { container } = this.app
    container.singleton(PurposeHandlers, () => new PurposeHandlers())
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
  }
}
