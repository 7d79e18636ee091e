import { configProvider } from '@adonisjs/core'
import type { ConfigProvider } from '@adonisjs/core/types'
import type { LimiterManagerStoreFactory } from '@adonisjs/limiter/types'
import { FallbackStore, Outage } from '#system/limits/fallback_store'

type StoreProvider = ConfigProvider<LimiterManagerStoreFactory>

/** For `config/limiter.ts`: a store whose failure is answered by another one. */
export function withFallback(preferred: StoreProvider, reserve: StoreProvider): StoreProvider {
  return configProvider.create(async (app) => {
    const [makePreferred, makeReserve] = [await preferred.resolver(app), await reserve.resolver(app)]
    const outage = new Outage()
    return (options) => new FallbackStore(makePreferred(options), makeReserve(options), outage)
  })
}
