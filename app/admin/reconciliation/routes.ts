import router from '@adonisjs/core/services/router'

const BreaksController = () => import('#admin/reconciliation/controllers/breaks_controller')

export function reconciliationRoutes() {
  router
    .group(() => {
      router.get('/', [BreaksController, 'index']).as('index')
      router.get('/:id', [BreaksController, 'show']).as('show')
    })
    .prefix('/reconciliation')
    .as('reconciliation')
}
