import router from '@adonisjs/core/services/router'

const NotificationsController = () => import('#admin/notifications/controllers/notifications_controller')
const RetriesController = () => import('#admin/notifications/controllers/retries_controller')
const CancellationsController = () => import('#admin/notifications/controllers/cancellations_controller')

/** The outbox. */
export function notificationRoutes() {
  router
    .group(() => {
      router.get('/', [NotificationsController, 'index']).as('index')
      router.get('/retries/create', [RetriesController, 'create']).as('retries.create')
      router.post('/retries', [RetriesController, 'store']).as('retries.store')
      router.get('/cancellations/create', [CancellationsController, 'create']).as('cancellations.create')
      router.post('/cancellations', [CancellationsController, 'store']).as('cancellations.store')
      router.get('/:id', [NotificationsController, 'show']).as('show')
    })
    .prefix('/notifications')
    .as('notifications')
}
