import router from '@adonisjs/core/services/router'

const LoginController = () => import('#admin/auth/controllers/login_controller')
const LoginCodesController = () => import('#admin/auth/controllers/login_codes_controller')
const LogoutController = () => import('#admin/auth/controllers/logout_controller')
const SetupController = () => import('#admin/auth/controllers/setup_controller')

/** Pages before login. */
export function authRoutes() {
  router.get('/setup', [SetupController, 'show']).as('setup')
  router.post('/setup', [SetupController, 'store']).as('setup.store')
  router.get('/login', [LoginController, 'show']).as('login')
  router.post('/login', [LoginController, 'store']).as('login.store')
  router.get('/login/code', [LoginCodesController, 'show']).as('login.code')
  router.post('/login/code', [LoginCodesController, 'store']).as('login.code.store')
}

export function logoutRoutes() {
  router.post('/logout', [LogoutController, 'store']).as('logout')
}
