import router from '@adonisjs/core/services/router'

const RafflesController = () => import('#admin/raffles/controllers/raffles_controller')
const PlayersController = () => import('#admin/raffles/controllers/players_controller')
const EntriesController = () => import('#admin/raffles/controllers/entries_controller')
const ClaimsController = () => import('#admin/raffles/controllers/claims_controller')
const DrawsController = () => import('#admin/raffles/controllers/draws_controller')
const ScheduleCancellationsController = () => import('#admin/raffles/controllers/schedule_cancellations_controller')
const SchedulesController = () => import('#admin/raffles/controllers/schedules_controller')

export function rafflesRoutes() {
  router
    .group(() => {
      router.get('/', [RafflesController, 'index']).as('index')
      router.get('/entries', [EntriesController, 'index']).as('entries.index')
      router.get('/schedules', [SchedulesController, 'index']).as('schedules.index')
      router.post('/schedules', [SchedulesController, 'store']).as('schedules.store')
      router
        .post('/schedules/:id/cancellation', [ScheduleCancellationsController, 'store'])
        .as('schedules.cancellation.store')
      router.get('/:reference', [RafflesController, 'show']).as('show')
      router.get('/:reference/players', [PlayersController, 'index']).as('players.index')
      router.post('/:reference/draws', [DrawsController, 'store']).as('draws.store')
      router.post('/:reference/claims', [ClaimsController, 'store']).as('claims.store')
    })
    .where('reference', /^[0-9A-Z]+$/)
    .prefix('/raffles')
    .as('raffles')
}
