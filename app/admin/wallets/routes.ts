import router from '@adonisjs/core/services/router'

const WalletsController = () => import('#admin/wallets/controllers/wallets_controller')

export function walletRoutes() {
  router
    .group(() => {
      router.get('/', [WalletsController, 'index']).as('index')
      router.get('/:address', [WalletsController, 'show']).as('show')
    })
    .prefix('/wallets')
    .as('wallets')
}
