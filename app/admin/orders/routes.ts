import router from '@adonisjs/core/services/router'

const OrdersController = () => import('#admin/orders/controllers/orders_controller')
const QueueController = () => import('#admin/orders/controllers/queue_controller')
const DeliveriesController = () => import('#admin/orders/controllers/deliveries_controller')
const CancellationsController = () => import('#admin/orders/controllers/cancellations_controller')
const HandoversController = () => import('#admin/orders/controllers/handovers_controller')
const RetriesController = () => import('#admin/orders/controllers/retries_controller')
const RefundsController = () => import('#admin/orders/controllers/refunds_controller')

export function orderRoutes() {
  router
    .group(() => {
      router.get('/', [OrdersController, 'index']).as('index')
      router.get('/queue', [QueueController, 'index']).as('queue.index')
      router.get('/deliveries/create', [DeliveriesController, 'create']).as('deliveries.create')
      router.post('/deliveries', [DeliveriesController, 'store']).as('deliveries.store')

      router.get('/:reference', [OrdersController, 'show']).as('show')
      router.post('/:reference/cancellation', [CancellationsController, 'store']).as('cancellation.store')
      router.post('/:reference/handover', [HandoversController, 'store']).as('handover.store')
      router.post('/:reference/retries', [RetriesController, 'store']).as('retries.store')
      router.get('/:reference/refund/create', [RefundsController, 'create']).as('refund.create')
      router.post('/:reference/refund', [RefundsController, 'store']).as('refund.store')
    })
    .where('reference', /^[0-9A-Z]+$/)
    .prefix('/orders')
    .as('orders')
}
