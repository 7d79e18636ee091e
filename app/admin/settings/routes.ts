import router from '@adonisjs/core/services/router'

const SettingsController = () => import('#admin/settings/controllers/settings_controller')

export function settingsRoutes() {
  router
    .group(() => {
      router.get('/', [SettingsController, 'index']).as('index')
      router.post('/:group', [SettingsController, 'update']).as('update')
    })
    .prefix('/settings')
    .as('settings')
}
