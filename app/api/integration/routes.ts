import router from '@adonisjs/core/services/router'
import { middleware } from '#start/kernel'
import type { ApiScope } from '#staff/api_keys/scopes'

const CustomerStatsController = () => import('#api/integration/controllers/customer_stats_controller')
const DrawsController = () => import('#api/integration/controllers/draws_controller')
const EntriesController = () => import('#api/integration/controllers/entries_controller')
const OpenapiController = () => import('#api/integration/controllers/openapi_controller')
const RaffleController = () => import('#api/integration/controllers/raffle_controller')
const WalletsController = () => import('#api/integration/controllers/wallets_controller')

/** What a key with one of these scopes reads. */
const readable = (...scopes: ApiScope[]) => [middleware.apiKey(scopes)]

/** What it does: with a body, at most once under an `Idempotency-Key`. */
const doable = (scope: ApiScope) => [middleware.apiKey([scope]), middleware.jsonBody(), middleware.idempotency()]

/** For programs. Whatever is here is in `/api/openapi.json` as well. */
export function integrationRoutes() {
  router
    .group(() => {
      router.get('/openapi.json', [OpenapiController, 'show']).as('openapi')

      router.post('/wallet/generate', [WalletsController, 'store']).as('wallet.generate').use(doable('wallet'))
      router.get('/wallet/balance/:tg_id', [WalletsController, 'show']).as('wallet.balance').use(readable('wallet'))

      router.get('/raffle/status', [RaffleController, 'show']).as('raffle.status').use(readable('raffle.read'))
      router.get('/raffle/winners', [RaffleController, 'winners']).as('raffle.winners').use(readable('raffle.read'))
      router.post('/raffle/enter', [EntriesController, 'store']).as('raffle.enter').use(doable('raffle.enter'))
      router.get('/raffle/entries', [EntriesController, 'index']).as('raffle.entries').use(readable('raffle.read'))
      router
        .get('/raffle/entries/:id', [EntriesController, 'show'])
        .as('raffle.entries.show')
        .use(readable('raffle.read', 'raffle.enter'))
      router.post('/raffle/draw', [DrawsController, 'store']).as('raffle.draw').use(doable('raffle.draw'))

      router.get('/user/stats/:tg_id', [CustomerStatsController, 'show']).as('user.stats').use(readable('raffle.read'))
    })
    .prefix('/api')
    .as('api')
    .use(middleware.compress())
}
