import router from '@adonisjs/core/services/router'
import server from '@adonisjs/core/services/server'

server.errorHandler(() => import('#core/exceptions/handler'))

server.use([
  () => import('#core/middleware/container_bindings_middleware'),
  () => import('@adonisjs/static/static_middleware'),
  () => import('@adonisjs/vite/vite_middleware'),
])

/** The panel's group alone has sessions, CSRF protection and a logged-in admin: see `#admin/routes`. */
export const middleware = router.named({
  panelAccess: () => import('#admin/middleware/panel_access_middleware'),
  discardUploads: () => import('#admin/middleware/discard_uploads_middleware'),
  bodyparser: () => import('@adonisjs/core/bodyparser_middleware'),
  session: () => import('@adonisjs/session/session_middleware'),
  shield: () => import('@adonisjs/shield/shield_middleware'),
  initializeAuth: () => import('@adonisjs/auth/initialize_auth_middleware'),
  auth: () => import('#admin/middleware/auth_middleware'),
  completeAccount: () => import('#admin/middleware/complete_account_middleware'),
  initializeBouncer: () => import('#admin/middleware/initialize_bouncer_middleware'),
  panel: () => import('#admin/middleware/panel_middleware'),
  compress: () => import('#api/integration/middleware/compress_middleware'),
  apiKey: () => import('#api/integration/middleware/api_key_middleware'),
  jsonBody: () => import('#api/integration/middleware/json_body_middleware'),
  idempotency: () => import('#api/integration/middleware/idempotency_middleware'),
})
