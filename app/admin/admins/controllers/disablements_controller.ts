import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { EnableAdmin } from '#staff/actions/enable_admin'
import { DisableAdmin } from '#staff/actions/disable_admin'
import { flashResult } from '#admin/shared/flash_result'
import { panelText } from '#admin/shared/words'

@inject()
export default class DisablementsController {
  constructor(
    private disableAdmin: DisableAdmin,
    private enableAdmin: EnableAdmin
  ) {}

  async store(ctx: HttpContext) {
    const { actor, bouncer, params, response } = ctx
    await bouncer.authorize('permission', 'admins.manage')
    const result = await this.disableAdmin.handle({ adminId: params.id, actor })
    flashResult(ctx, result, panelText('admins.disabled_done'))
    return response.redirect().toPath(`/admin/admins/${params.id}`)
  }

  async destroy(ctx: HttpContext) {
    const { actor, bouncer, params, response } = ctx
    await bouncer.authorize('permission', 'admins.manage')
    const result = await this.enableAdmin.handle({ adminId: params.id, actor })
    flashResult(ctx, result, panelText('admins.enabled_done'))
    return response.redirect().toPath(`/admin/admins/${params.id}`)
  }
}
