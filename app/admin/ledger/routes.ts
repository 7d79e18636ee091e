import router from '@adonisjs/core/services/router'

const LedgerController = () => import('#admin/ledger/controllers/ledger_controller')
const AccountsController = () => import('#admin/ledger/controllers/accounts_controller')
const EntriesController = () => import('#admin/ledger/controllers/entries_controller')
const TransfersController = () => import('#admin/ledger/controllers/transfers_controller')
const ReversalsController = () => import('#admin/ledger/controllers/reversals_controller')
const AdjustmentsController = () => import('#admin/ledger/controllers/adjustments_controller')

export function ledgerRoutes() {
  router
    .group(() => {
      router.get('/', [LedgerController, 'index']).as('index')
      router.get('/accounts', [AccountsController, 'index']).as('accounts.index')
      router.get('/accounts/:id', [AccountsController, 'show']).as('accounts.show')
      router.get('/entries', [EntriesController, 'index']).as('entries.index')
      router.get('/transfers', [TransfersController, 'index']).as('transfers.index')
      router.get('/transfers/:id', [TransfersController, 'show']).as('transfers.show')
      router.get('/transfers/:id/reversal/create', [ReversalsController, 'create']).as('reversals.create')
      router.post('/transfers/:id/reversal', [ReversalsController, 'store']).as('reversals.store')
      router.get('/adjustments/create', [AdjustmentsController, 'create']).as('adjustments.create')
      router.post('/adjustments', [AdjustmentsController, 'store']).as('adjustments.store')
    })
    .prefix('/ledger')
    .as('ledger')
}
