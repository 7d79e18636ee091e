import router from '@adonisjs/core/services/router'

const SessionsController = () => import('#admin/sessions/controllers/sessions_controller')

export function sessionsRoutes() {
  router.get('/sessions', [SessionsController, 'index']).as('sessions.index')
  router.delete('/sessions', [SessionsController, 'destroyOthers']).as('sessions.destroy_others')
  router.delete('/sessions/:id', [SessionsController, 'destroy']).as('sessions.destroy')
}
