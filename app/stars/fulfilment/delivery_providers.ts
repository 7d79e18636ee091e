import { inject } from '@adonisjs/core'
import type { DeliveryProvider } from '#stars/fulfilment/delivery_provider'
import { FragmentDelivery } from '#stars/fulfilment/fragment/fragment_delivery'
import { ManualDelivery } from '#stars/fulfilment/manual'
import type { ProviderName } from '#stars/values'

@inject()
export class DeliveryProviders {
  constructor(
    private manual: ManualDelivery,
    private fragment: FragmentDelivery
  ) {}

  of(name: ProviderName): DeliveryProvider {
    return name === 'fragment' ? this.fragment : this.manual
  }
}
