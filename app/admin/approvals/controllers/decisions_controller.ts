import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { ApproveRequest } from '#staff/actions/approve_request'
import { RejectRequest } from '#staff/actions/reject_request'
import { flashResult } from '#admin/shared/flash_result'
import { panelText } from '#admin/shared/words'
import { rejectionValidator } from '#admin/approvals/validators/decision'

@inject()
export default class DecisionsController {
  constructor(
    private approveRequest: ApproveRequest,
    private rejectRequest: RejectRequest
  ) {}

  async approve(ctx: HttpContext) {
    const { actor, auth, bouncer, params, response } = ctx
    await bouncer.authorize('permission', 'approvals.decide')
    const approverId = auth.getUserOrFail().id
    const result = await this.approveRequest.handle({ approvalId: params.id, approverId, actor })
    flashResult(ctx, result, panelText('approvals.approved_done'))
    return response.redirect().toPath(`/admin/approvals/${params.id}`)
  }

  async reject(ctx: HttpContext) {
    const { actor, auth, bouncer, params, request, response } = ctx
    await bouncer.authorize('permission', 'approvals.decide')
    const { note } = await request.validateUsing(rejectionValidator)
    const adminId = auth.getUserOrFail().id
    const result = await this.rejectRequest.handle({ approvalId: params.id, adminId, note: note ?? null, actor })
    flashResult(ctx, result, panelText('approvals.rejected_done'))
    return response.redirect().toPath(`/admin/approvals/${params.id}`)
  }
}
