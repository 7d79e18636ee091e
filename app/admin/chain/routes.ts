import router from '@adonisjs/core/services/router'

const HealthController = () => import('#admin/chain/controllers/health_controller')
const RewindsController = () => import('#admin/chain/controllers/rewinds_controller')
const ReconciliationsController = () => import('#admin/chain/controllers/reconciliations_controller')
const TreasuryController = () => import('#admin/chain/controllers/treasury_controller')
const OperationsController = () => import('#admin/chain/controllers/operations_controller')
const RetriesController = () => import('#admin/chain/controllers/retries_controller')
const GiveUpsController = () => import('#admin/chain/controllers/give_ups_controller')
const TransactionsController = () => import('#admin/chain/controllers/transactions_controller')
const EventsController = () => import('#admin/chain/controllers/events_controller')

export function chainRoutes() {
  router
    .group(() => {
      router.get('/', [HealthController, 'index']).as('index')
      router.post('/surveys', [HealthController, 'store']).as('surveys.store')
      router.post('/rewinds', [RewindsController, 'store']).as('rewinds.store')
      router.get('/treasury', [TreasuryController, 'show']).as('treasury.show')
      router.get('/reconciliations', [ReconciliationsController, 'index']).as('reconciliations.index')
      router.post('/reconciliations', [ReconciliationsController, 'store']).as('reconciliations.store')
      router.get('/reconciliations/:id', [ReconciliationsController, 'show']).as('reconciliations.show')
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
