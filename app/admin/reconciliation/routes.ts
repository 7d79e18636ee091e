import router from '@adonisjs/core/services/router'

const BreaksController = () => import('#admin/reconciliation/controllers/breaks_controller')
const SettlementsController = () => import('#admin/reconciliation/controllers/settlements_controller')

export function reconciliationRoutes() {
  router
    .group(() => {
      router.get('/', [BreaksController, 'index']).as('index')
      router.get('/:id', [BreaksController, 'show']).as('show')
      router.post('/:id/settlement', [SettlementsController, 'store']).as('settlement.store')
    })
    .prefix('/reconciliation')
    .as('reconciliation')
}
