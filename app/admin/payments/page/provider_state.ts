import type { ProviderStatus } from '#payments/queries/providers_status_query'

/** What an admin reads first about a way of paying. */
export type ProviderState = 'on' | 'off' | 'down' | 'unconfigured'

export function providerState({ configured, enabled, state }: ProviderStatus): ProviderState {
  if (!configured) return 'unconfigured'
  if (!enabled) return 'off'
  return state === 'open' ? 'down' : 'on'
}
