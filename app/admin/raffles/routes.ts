import router from '@adonisjs/core/services/router'

const RafflesController = () => import('#admin/raffles/controllers/raffles_controller')

export function rafflesRoutes() {
  router
    .group(() => {
      router.get('/', [RafflesController, 'index']).as('index')
    })
    .prefix('/raffles')
    .as('raffles')
}
