import router from '@adonisjs/core/services/router'

router.get('/', ({ response }) => response.redirect().toPath('/admin')).as('home')

await import('#admin/routes')
await import('#api/routes')
await import('#bot/routes')
