import router from '@adonisjs/core/services/router'

const KeysController = () => import('#admin/api/controllers/keys_controller')
const RevocationsController = () => import('#admin/api/controllers/revocations_controller')
const WebhooksController = () => import('#admin/api/controllers/webhooks_controller')
const DeliveriesController = () => import('#admin/api/controllers/deliveries_controller')
const ReplaysController = () => import('#admin/api/controllers/replays_controller')

export function apiRoutes() {
  router
    .group(() => {
      router.get('/', [KeysController, 'index']).as('index')
      router.get('/keys/create', [KeysController, 'create']).as('keys.create')
      router.post('/keys', [KeysController, 'store']).as('keys.store')
      router.get('/keys/:id', [KeysController, 'show']).as('keys.show')
      router.put('/keys/:id', [KeysController, 'update']).as('keys.update')
      router.post('/keys/:id/revocation', [RevocationsController, 'store']).as('keys.revocation.store')
      router.put('/keys/:id/webhook', [WebhooksController, 'update']).as('keys.webhook.update')
      router.post('/keys/:id/webhook-secret', [WebhooksController, 'renew']).as('keys.webhook_secret.store')

      router.get('/deliveries', [DeliveriesController, 'index']).as('deliveries.index')
      router.get('/deliveries/:id', [DeliveriesController, 'show']).as('deliveries.show')
      router.post('/deliveries/:id/replays', [ReplaysController, 'store']).as('deliveries.replays.store')
    })
    .prefix('/api')
    .as('api')
}
