import router from '@adonisjs/core/services/router'

const BrandColoursController = () => import('#admin/brand/controllers/brand_colours_controller')
const BrandLogosController = () => import('#admin/brand/controllers/brand_logos_controller')

/** What pages before the login wear too: files that browsers keep, without a session. */
export function brandRoutes() {
  router
    .get('/brand/colour/:colour', [BrandColoursController, 'show'])
    .where('colour', /^[0-9a-f]{6}$/)
    .as('brand.colour')
  router
    .get('/brand/logo/:file', [BrandLogosController, 'show'])
    .where('file', /^[0-9a-f]{40}\.(png|jpg|webp)$/)
    .as('brand.logo')
}
