import { NetworkList } from '#core/network_list'
import type { ProviderName } from '#payments/values'

/** Addresses that a provider's webhooks may come from, where the operator has named some. */
export class WebhookSenders {
  readonly #lists: Partial<Record<ProviderName, NetworkList>>

  constructor(networks: Partial<Record<ProviderName, string[]>>) {
    this.#lists = Object.fromEntries(
      Object.entries(networks).map(([provider, entries]) => [provider, new NetworkList(entries)])
    )
  }

  includes(provider: ProviderName, address: string): boolean {
    return this.#lists[provider]?.includes(address) ?? true
  }
}
