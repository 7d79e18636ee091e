import router from '@adonisjs/core/services/router'

const ApprovalsController = () => import('#admin/approvals/controllers/approvals_controller')
const DecisionsController = () => import('#admin/approvals/controllers/decisions_controller')

export function approvalsRoutes() {
  router.get('/approvals', [ApprovalsController, 'index']).as('approvals.index')
  router.get('/approvals/:id', [ApprovalsController, 'show']).as('approvals.show')
  router.post('/approvals/:id/approval', [DecisionsController, 'approve']).as('approvals.approval.store')
  router.post('/approvals/:id/rejection', [DecisionsController, 'reject']).as('approvals.rejection.store')
}
