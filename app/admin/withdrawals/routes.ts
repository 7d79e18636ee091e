import router from '@adonisjs/core/services/router'

const WithdrawalsController = () => import('#admin/withdrawals/controllers/withdrawals_controller')

export function withdrawalRoutes() {
  router
    .group(() => {
      router.get('/', [WithdrawalsController, 'index']).as('index')
      router.get('/:reference', [WithdrawalsController, 'show']).as('show')
    })
    .where('reference', /^[0-9A-Z]+$/)
    .prefix('/withdrawals')
    .as('withdrawals')
}
