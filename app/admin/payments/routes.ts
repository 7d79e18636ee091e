import router from '@adonisjs/core/services/router'

const InvoicesController = () => import('#admin/payments/controllers/invoices_controller')
const ChecksController = () => import('#admin/payments/controllers/checks_controller')
const CancellationsController = () => import('#admin/payments/controllers/cancellations_controller')

export function paymentRoutes() {
  router
    .group(() => {
      router.get('/', [InvoicesController, 'index']).as('index')

      router.get('/:reference', [InvoicesController, 'show']).as('show')
      router.post('/:reference/checks', [ChecksController, 'store']).as('checks.store')
      router.post('/:reference/cancellation', [CancellationsController, 'store']).as('cancellation.store')
    })
    .where('reference', /^[0-9A-Z]+$/)
    .where('provider', /^[0-9a-z_]+$/)
    .prefix('/payments')
    .as('payments')
}
