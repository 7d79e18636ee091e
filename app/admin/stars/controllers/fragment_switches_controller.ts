import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { fulfilmentProvider } from '#stars/settings'
import { ChangeSettings } from '#system/actions/change_settings'
import { fragmentSwitchValidator } from '#admin/stars/validators/fragment_validators'
import { panelText } from '#admin/shared/words'

/** Who delivers what is sold from now on: Fragment, or a person while it pauses. */
@inject()
export default class FragmentSwitchesController {
  constructor(private changeSettings: ChangeSettings) {}

  async store({ actor, bouncer, request, response, session }: HttpContext) {
    await bouncer.authorize('permission', 'stars.provider')
    const { provider } = await request.validateUsing(fragmentSwitchValidator)
    const changes = [{ definition: fulfilmentProvider, value: provider }]
    await this.changeSettings.handle({ group: fulfilmentProvider.group, changes, actor })
    session.flash('success', panelText(`stars.fragment.switched.${provider}`))
    return response.redirect().toPath('/admin/stars/fragment')
  }
}
