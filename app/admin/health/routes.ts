import router from '@adonisjs/core/services/router'

const HealthController = () => import('#admin/health/controllers/health_controller')
const RoundsController = () => import('#admin/health/controllers/rounds_controller')
const AlertsController = () => import('#admin/health/controllers/alerts_controller')
const ResolutionsController = () => import('#admin/health/controllers/resolutions_controller')

export function healthRoutes() {
  router
    .group(() => {
      router.get('/', [HealthController, 'index']).as('index')
      router.post('/rounds', [RoundsController, 'store']).as('rounds.store')
      router.get('/alerts', [AlertsController, 'index']).as('alerts.index')
      router.post('/alerts/:id/resolution', [ResolutionsController, 'store']).as('alerts.resolution.store')
    })
    .prefix('/health')
    .as('health')
}
