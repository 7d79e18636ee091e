import router from '@adonisjs/core/services/router'

const MissionsController = () => import('#admin/missions/controllers/missions_controller')
const MissionMovesController = () => import('#admin/missions/controllers/mission_moves_controller')

export function missionRoutes() {
  router
    .group(() => {
      router.get('/', [MissionsController, 'index']).as('index')
      router.get('/create', [MissionsController, 'create']).as('create')
      router.post('/', [MissionsController, 'store']).as('store')
      router.get('/:id', [MissionsController, 'show']).as('show')
      router.get('/:id/edit', [MissionsController, 'edit']).as('edit')
      router.put('/:id', [MissionsController, 'update']).as('update')
      router.post('/:id/move', [MissionMovesController, 'store']).as('move.store')
    })
    .prefix('/missions')
    .as('missions')
}
