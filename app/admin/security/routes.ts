import router from '@adonisjs/core/services/router'

const SecurityEventsController = () => import('#admin/security/controllers/security_events_controller')

export function securityRoutes() {
  router.get('/security', [SecurityEventsController, 'index']).as('security.index')
}
