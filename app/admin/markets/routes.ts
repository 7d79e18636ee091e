import router from '@adonisjs/core/services/router'

const MarketsController = () => import('#admin/markets/controllers/markets_controller')
const ExposureController = () => import('#admin/markets/controllers/exposure_controller')
const PublicationsController = () => import('#admin/markets/controllers/publications_controller')
const BetsController = () => import('#admin/markets/controllers/bets_controller')
const ClosingsController = () => import('#admin/markets/controllers/closings_controller')
const ResolutionsController = () => import('#admin/markets/controllers/resolutions_controller')
const CancellationsController = () => import('#admin/markets/controllers/cancellations_controller')
const ReversalsController = () => import('#admin/markets/controllers/reversals_controller')
const ImagesController = () => import('#admin/markets/controllers/images_controller')
const CategoriesController = () => import('#admin/markets/controllers/categories_controller')
const CategoryArchivesController = () => import('#admin/markets/controllers/category_archives_controller')
const CategoryMovesController = () => import('#admin/markets/controllers/category_moves_controller')

function categoryRoutes() {
  router.get('/categories', [CategoriesController, 'index']).as('categories.index')
  router.post('/categories', [CategoriesController, 'store']).as('categories.store')
  router.get('/categories/:id/edit', [CategoriesController, 'edit']).as('categories.edit')
  router.put('/categories/:id', [CategoriesController, 'update']).as('categories.update')
  router.post('/categories/:id/move', [CategoryMovesController, 'store']).as('categories.move.store')
  router.post('/categories/:id/archive', [CategoryArchivesController, 'store']).as('categories.archive.store')
  router.delete('/categories/:id/archive', [CategoryArchivesController, 'destroy']).as('categories.archive.destroy')
}

function decisionRoutes() {
  router.post('/:reference/closing', [ClosingsController, 'store']).as('closing.store')
  router.get('/:reference/resolution/create', [ResolutionsController, 'create']).as('resolution.create')
  router.post('/:reference/resolution', [ResolutionsController, 'store']).as('resolution.store')
  router.get('/:reference/cancellation/create', [CancellationsController, 'create']).as('cancellation.create')
  router.post('/:reference/cancellation', [CancellationsController, 'store']).as('cancellation.store')
  router.get('/:reference/reversal/create', [ReversalsController, 'create']).as('reversal.create')
  router.post('/:reference/reversal', [ReversalsController, 'store']).as('reversal.store')
}

export function marketsRoutes() {
  router
    .group(() => {
      router.get('/', [MarketsController, 'index']).as('index')
      router.get('/create', [MarketsController, 'create']).as('create')
      router.post('/', [MarketsController, 'store']).as('store')
      router.get('/exposure', [ExposureController, 'index']).as('exposure.index')
      router.get('/bets', [BetsController, 'index']).as('bets.index')
      router.get('/images/:key', [ImagesController, 'show']).as('images.show')
      categoryRoutes()

      router.get('/:reference', [MarketsController, 'show']).as('show')
      router.get('/:reference/edit', [MarketsController, 'edit']).as('edit')
      router.put('/:reference', [MarketsController, 'update']).as('update')
      router.delete('/:reference', [MarketsController, 'destroy']).as('destroy')
      router.post('/:reference/publication', [PublicationsController, 'store']).as('publication.store')
      router.delete('/:reference/publication', [PublicationsController, 'destroy']).as('publication.destroy')
      router.get('/:reference/bets', [BetsController, 'index']).as('market_bets.index')
      decisionRoutes()
    })
    .where('reference', /^[0-9A-Z]+$/)
    .prefix('/markets')
    .as('markets')
}
