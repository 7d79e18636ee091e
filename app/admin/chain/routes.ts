import router from '@adonisjs/core/services/router'

const TransactionsController = () => import('#admin/chain/controllers/transactions_controller')

export function chainRoutes() {
  router
    .group(() => {
      router.get('/transactions', [TransactionsController, 'index']).as('transactions.index')
    })
    .prefix('/chain')
    .as('chain')
}
