import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { waysEnabled } from '#payments/settings'
import { ChangeSettings } from '#system/actions/change_settings'
import { providerParam, switchValidator } from '#admin/payments/validators/payment_validators'
import { panelText, providerText } from '#admin/shared/words'

/** Offers a way of paying to customers, or no longer. */
@inject()
export default class SwitchesController {
  constructor(private changeSettings: ChangeSettings) {}

  async store({ actor, bouncer, params, request, response, session }: HttpContext) {
    await bouncer.authorize('permission', 'payments.manage')
    const provider = providerParam(params.provider)
    const { to } = await request.validateUsing(switchValidator)
    const definition = waysEnabled[provider]
    await this.changeSettings.handle({ group: definition.group, changes: [{ definition, value: to === 'on' }], actor })
    session.flash('success', panelText(`payments.providers.switched.${to}`, { name: providerText(provider) }))
    return response.redirect().toPath('/admin/payments/providers')
  }
}
