import router from '@adonisjs/core/services/router'

const AdminsController = () => import('#admin/admins/controllers/admins_controller')
const DisablementsController = () => import('#admin/admins/controllers/disablements_controller')
const AdminResetsController = () => import('#admin/admins/controllers/admin_resets_controller')

export function adminsRoutes() {
  router.get('/admins', [AdminsController, 'index']).as('admins.index')
  router.get('/admins/create', [AdminsController, 'create']).as('admins.create')
  router.post('/admins', [AdminsController, 'store']).as('admins.store')
  router.get('/admins/:id', [AdminsController, 'show']).as('admins.show')
  router.put('/admins/:id', [AdminsController, 'update']).as('admins.update')
  router.post('/admins/:id/disablement', [DisablementsController, 'store']).as('admins.disablement.store')
  router.delete('/admins/:id/disablement', [DisablementsController, 'destroy']).as('admins.disablement.destroy')
  router.post('/admins/:id/password-resets', [AdminResetsController, 'password']).as('admins.password_resets.store')
  router.delete('/admins/:id/two-factor', [AdminResetsController, 'twoFactor']).as('admins.two_factor.destroy')
  router.delete('/admins/:id/sessions', [AdminResetsController, 'sessions']).as('admins.sessions.destroy')
}
