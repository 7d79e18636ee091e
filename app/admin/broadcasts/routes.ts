import router from '@adonisjs/core/services/router'

const BroadcastsController = () => import('#admin/broadcasts/controllers/broadcasts_controller')
const CancellationsController = () => import('#admin/broadcasts/controllers/cancellations_controller')
const CopiesController = () => import('#admin/broadcasts/controllers/copies_controller')
const CorrectionsController = () => import('#admin/broadcasts/controllers/corrections_controller')
const DraftsController = () => import('#admin/broadcasts/controllers/drafts_controller')
const FollowUpsController = () => import('#admin/broadcasts/controllers/follow_ups_controller')
const ImagesController = () => import('#admin/broadcasts/controllers/images_controller')
const MarkupController = () => import('#admin/broadcasts/controllers/markup_controller')
const PausesController = () => import('#admin/broadcasts/controllers/pauses_controller')
const RecipientsController = () => import('#admin/broadcasts/controllers/recipients_controller')
const ReviewsController = () => import('#admin/broadcasts/controllers/reviews_controller')
const SchedulesController = () => import('#admin/broadcasts/controllers/schedules_controller')
const WinnersController = () => import('#admin/broadcasts/controllers/winners_controller')

export function broadcastRoutes() {
  router
    .group(() => {
      router.get('/', [BroadcastsController, 'index']).as('index')
      router.post('/', [BroadcastsController, 'store']).as('store')
      router.post('/markup', [MarkupController, 'store']).as('markup')
      router.get('/images/:key', [ImagesController, 'show']).as('images.show')

      router.get('/:reference', [BroadcastsController, 'show']).as('show')
      router.get('/:reference/edit', [DraftsController, 'edit']).as('edit')
      router.put('/:reference', [DraftsController, 'update']).as('update')
      router.delete('/:reference', [DraftsController, 'destroy']).as('destroy')
      router.post('/:reference/copies', [CopiesController, 'store']).as('copies.store')

      router.get('/:reference/review', [ReviewsController, 'show']).as('review')
      router.post('/:reference/schedule', [SchedulesController, 'store']).as('schedule.store')
      router.delete('/:reference/schedule', [SchedulesController, 'destroy']).as('schedule.destroy')
      router.post('/:reference/pause', [PausesController, 'store']).as('pause.store')
      router.delete('/:reference/pause', [PausesController, 'destroy']).as('pause.destroy')
      router.post('/:reference/cancellation', [CancellationsController, 'store']).as('cancellation.store')
      router.post('/:reference/winner', [WinnersController, 'store']).as('winner.store')

      router.get('/:reference/recipients', [RecipientsController, 'index']).as('recipients')
      router.get('/:reference/follow-ups/:kind', [FollowUpsController, 'create']).as('follow_ups.create')
      router.post('/:reference/follow-ups/:kind', [FollowUpsController, 'store']).as('follow_ups.store')
      router.get('/:reference/correction', [CorrectionsController, 'edit']).as('correction.edit')
      router.put('/:reference/correction', [CorrectionsController, 'update']).as('correction.update')
    })
    .where('reference', /^[0-9A-Z]+$/)
    .where('key', /^[0-9a-f]+$/)
    .prefix('/broadcasts')
    .as('broadcasts')
}
