import router from '@adonisjs/core/services/router'
import { orderRoutes } from '#admin/orders/routes'

const PackagesController = () => import('#admin/stars/controllers/packages_controller')
const PricesController = () => import('#admin/stars/controllers/prices_controller')
const MovesController = () => import('#admin/stars/controllers/moves_controller')
const ArchivesController = () => import('#admin/stars/controllers/archives_controller')
const FragmentController = () => import('#admin/stars/controllers/fragment_controller')
const FragmentSessionsController = () => import('#admin/stars/controllers/fragment_sessions_controller')
const FragmentWalletsController = () => import('#admin/stars/controllers/fragment_wallets_controller')
const FragmentSwitchesController = () => import('#admin/stars/controllers/fragment_switches_controller')

export function starRoutes() {
  router
    .group(() => {
      router.get('/', [PackagesController, 'index']).as('index')
      router.get('/packages/create', [PackagesController, 'create']).as('packages.create')
      router.post('/packages', [PackagesController, 'store']).as('packages.store')
      router.get('/packages/:id', [PackagesController, 'show']).as('packages.show')
      router.put('/packages/:id', [PackagesController, 'update']).as('packages.update')
      router.post('/packages/:id/prices', [PricesController, 'store']).as('packages.prices.store')
      router.post('/packages/:id/move', [MovesController, 'store']).as('packages.move.store')
      router.post('/packages/:id/archive', [ArchivesController, 'store']).as('packages.archive.store')

      router.get('/fragment', [FragmentController, 'show']).as('fragment.show')
      router.post('/fragment/session', [FragmentSessionsController, 'store']).as('fragment.session.store')
      router.post('/fragment/wallet', [FragmentWalletsController, 'store']).as('fragment.wallet.store')
      router.post('/fragment/switch', [FragmentSwitchesController, 'store']).as('fragment.switch.store')

      orderRoutes()
    })
    .prefix('/stars')
    .as('stars')
}
