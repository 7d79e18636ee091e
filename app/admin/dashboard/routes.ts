import router from '@adonisjs/core/services/router'

const DashboardController = () => import('#admin/dashboard/controllers/dashboard_controller')

export function dashboardRoutes() {
  router.get('/', [DashboardController, 'show']).as('dashboard')
}
