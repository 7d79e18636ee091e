import router from '@adonisjs/core/services/router'

const OperationsController = () => import('#admin/chain/controllers/operations_controller')
const RetriesController = () => import('#admin/chain/controllers/retries_controller')
const GiveUpsController = () => import('#admin/chain/controllers/give_ups_controller')
const TransactionsController = () => import('#admin/chain/controllers/transactions_controller')
const EventsController = () => import('#admin/chain/controllers/events_controller')

export function chainRoutes() {
  router
    .group(() => {
      router.get('/operations', [OperationsController, 'index']).as('operations.index')
      router.get('/operations/:reference', [OperationsController, 'show']).as('operations.show')
      router.post('/operations/:reference/retries', [RetriesController, 'store']).as('operations.retries.store')
      router.post('/operations/:reference/give-up', [GiveUpsController, 'store']).as('operations.give_up.store')
      router.get('/transactions', [TransactionsController, 'index']).as('transactions.index')
      router.get('/transactions/:hash', [TransactionsController, 'show']).as('transactions.show')
      router.get('/events', [EventsController, 'index']).as('events.index')
    })
    .where('reference', /^[0-9A-Z]+$/)
    .prefix('/chain')
    .as('chain')
}
