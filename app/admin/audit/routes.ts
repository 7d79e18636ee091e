import router from '@adonisjs/core/services/router'

const AuditEntriesController = () => import('#admin/audit/controllers/audit_entries_controller')

export function auditRoutes() {
  router.get('/audit', [AuditEntriesController, 'index']).as('audit.index')
  router.get('/audit/:id', [AuditEntriesController, 'show']).as('audit.show')
}
