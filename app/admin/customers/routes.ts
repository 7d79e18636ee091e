import router from '@adonisjs/core/services/router'

const CustomersController = () => import('#admin/customers/controllers/customers_controller')
const BansController = () => import('#admin/customers/controllers/bans_controller')
const UnbansController = () => import('#admin/customers/controllers/unbans_controller')
const AnonymisationsController = () => import('#admin/customers/controllers/anonymisations_controller')
const MessagesController = () => import('#admin/customers/controllers/messages_controller')

export function customerRoutes() {
  router
    .group(() => {
      router.get('/', [CustomersController, 'index']).as('index')
      router.get('/bans/create', [BansController, 'create']).as('bans.create')
      router.post('/bans', [BansController, 'store']).as('bans.store')
      router.get('/unbans/create', [UnbansController, 'create']).as('unbans.create')
      router.post('/unbans', [UnbansController, 'store']).as('unbans.store')
      router.get('/:id', [CustomersController, 'show']).as('show')
      router.get('/:id/messages/create', [MessagesController, 'create']).as('messages.create')
      router.post('/:id/messages', [MessagesController, 'store']).as('messages.store')
      router.get('/:id/anonymisation/create', [AnonymisationsController, 'create']).as('anonymisation.create')
      router.post('/:id/anonymisation', [AnonymisationsController, 'store']).as('anonymisation.store')
    })
    .prefix('/customers')
    .as('customers')
}
