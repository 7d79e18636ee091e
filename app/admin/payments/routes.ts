import router from '@adonisjs/core/services/router'

const InvoicesController = () => import('#admin/payments/controllers/invoices_controller')
const ChecksController = () => import('#admin/payments/controllers/checks_controller')
const CancellationsController = () => import('#admin/payments/controllers/cancellations_controller')
const RefundsController = () => import('#admin/payments/controllers/refunds_controller')
const RefundOutcomesController = () => import('#admin/payments/controllers/refund_outcomes_controller')
const WebhooksController = () => import('#admin/payments/controllers/webhooks_controller')
const ReplaysController = () => import('#admin/payments/controllers/replays_controller')
const ProvidersController = () => import('#admin/payments/controllers/providers_controller')
const SwitchesController = () => import('#admin/payments/controllers/switches_controller')
const BreakerResetsController = () => import('#admin/payments/controllers/breaker_resets_controller')
const RatesController = () => import('#admin/payments/controllers/rates_controller')

export function paymentRoutes() {
  router
    .group(() => {
      router.get('/', [InvoicesController, 'index']).as('index')

      router.get('/webhooks', [WebhooksController, 'index']).as('webhooks.index')
      router.get('/webhooks/:id', [WebhooksController, 'show']).as('webhooks.show')
      router.post('/webhooks/:id/replays', [ReplaysController, 'store']).as('webhooks.replays.store')

      router.get('/providers', [ProvidersController, 'index']).as('providers.index')
      router.post('/providers/:provider/switch', [SwitchesController, 'store']).as('providers.switch.store')
      router.post('/providers/:provider/breaker', [BreakerResetsController, 'store']).as('providers.breaker.store')
      router.get('/rates/create', [RatesController, 'create']).as('rates.create')
      router.post('/rates', [RatesController, 'store']).as('rates.store')
      router.delete('/rates', [RatesController, 'destroy']).as('rates.destroy')

      router.get('/:reference', [InvoicesController, 'show']).as('show')
      router.post('/:reference/checks', [ChecksController, 'store']).as('checks.store')
      router.post('/:reference/cancellation', [CancellationsController, 'store']).as('cancellation.store')
      router.get('/:reference/refunds/create', [RefundsController, 'create']).as('refunds.create')
      router.post('/:reference/refunds', [RefundsController, 'store']).as('refunds.store')
      router.post('/:reference/refunds/:id/outcome', [RefundOutcomesController, 'store']).as('refunds.outcome.store')
    })
    .where('reference', /^[0-9A-Z]+$/)
    .prefix('/payments')
    .as('payments')
}
