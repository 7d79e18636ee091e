import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { CloseAlert } from '#notifications/actions/close_alert'
import { panelText, refusalText } from '#admin/shared/words'

@inject()
export default class ResolutionsController {
  constructor(private closeAlert: CloseAlert) {}

  async store({ actor, bouncer, params, response, session }: HttpContext) {
    await bouncer.authorize('permission', 'health.manage')
    const result = await this.closeAlert.handle({ alertId: Number(params.id), actor })
    if (result.ok) session.flash('success', panelText('health.alerts.closed'))
    else session.flash('warning', refusalText(result.refusal))
    return response.redirect().back()
  }
}
