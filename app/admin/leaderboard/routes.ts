import router from '@adonisjs/core/services/router'

const LeaderboardController = () => import('#admin/leaderboard/controllers/leaderboard_controller')
const SnapshotsController = () => import('#admin/leaderboard/controllers/snapshots_controller')

export function leaderboardRoutes() {
  router
    .group(() => {
      router.get('/', [LeaderboardController, 'index']).as('index')
      router.get('/snapshots', [SnapshotsController, 'index']).as('snapshots.index')
      router.get('/snapshots/:id', [SnapshotsController, 'show']).as('snapshots.show')
      router.get('/:period/:metric', [LeaderboardController, 'show']).as('show')
    })
    .prefix('/leaderboard')
    .as('leaderboard')
}
