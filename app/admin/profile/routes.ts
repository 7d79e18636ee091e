import router from '@adonisjs/core/services/router'

const ProfileController = () => import('#admin/profile/controllers/profile_controller')
const PasswordsController = () => import('#admin/profile/controllers/passwords_controller')
const TwoFactorController = () => import('#admin/profile/controllers/two_factor_controller')
const RecoveryCodesController = () => import('#admin/profile/controllers/recovery_codes_controller')
const TelegramLinksController = () => import('#admin/profile/controllers/telegram_links_controller')

export function profileRoutes() {
  router.get('/profile', [ProfileController, 'show']).as('profile')
  router.put('/profile', [ProfileController, 'update']).as('profile.update')
  router.get('/profile/password', [PasswordsController, 'edit']).as('profile.password')
  router.put('/profile/password', [PasswordsController, 'update']).as('profile.password.update')
  router.get('/profile/two-factor', [TwoFactorController, 'show']).as('profile.two_factor')
  router.post('/profile/two-factor/enrolment', [TwoFactorController, 'begin']).as('profile.two_factor.begin')
  router.post('/profile/two-factor', [TwoFactorController, 'store']).as('profile.two_factor.store')
  router.delete('/profile/two-factor', [TwoFactorController, 'destroy']).as('profile.two_factor.destroy')
  router.get('/profile/two-factor/recovery-codes', [RecoveryCodesController, 'show']).as('profile.recovery_codes')
  router
    .post('/profile/two-factor/recovery-codes', [RecoveryCodesController, 'store'])
    .as('profile.recovery_codes.store')
  router.post('/profile/telegram', [TelegramLinksController, 'store']).as('profile.telegram.store')
  router.delete('/profile/telegram', [TelegramLinksController, 'destroy']).as('profile.telegram.destroy')
}
