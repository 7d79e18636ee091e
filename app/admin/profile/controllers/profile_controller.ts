import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { TIME_ZONES } from '#staff/time_zones'
import { UpdateProfile } from '#staff/actions/update_profile'
import { panelText, refusalText } from '#admin/shared/words'
import { flashedSecret } from '#admin/shared/one_time_flash'
import { flashFieldRefusal } from '#admin/shared/flash_result'
import { profileValidator } from '#admin/profile/validators/profile'
import { countRecoveryCodes } from '#staff/two_factor/recovery_codes'
import type { LinkCode } from '#admin/profile/controllers/telegram_links_controller'

/** Every admin's own account. */
@inject()
export default class ProfileController {
  constructor(private updateProfile: UpdateProfile) {}

  async show(ctx: HttpContext) {
    const admin = ctx.auth.getUserOrFail()
    return ctx.view.render('admin/profile/show', {
      timeZones: TIME_ZONES,
      linkCode: flashedSecret<LinkCode>(ctx, 'link_code'),
      recoveryCodesLeft: admin.hasTwoFactor ? await countRecoveryCodes(admin.id) : 0,
    })
  }

  async update(ctx: HttpContext) {
    const { request, response, session, auth, actor } = ctx
    const input = await request.validateUsing(profileValidator)
    const result = await this.updateProfile.handle({
      adminId: auth.getUserOrFail().id,
      profile: {
        fullName: input.full_name,
        timeZone: input.time_zone,
        theme: input.theme,
        receivesAlerts: input.receives_alerts === true,
      },
      actor,
    })
    if (result.ok) session.flash('success', panelText('profile.saved'))
    else flashFieldRefusal(ctx, 'time_zone', refusalText(result.refusal))
    return response.redirect().toPath('/admin/profile')
  }
}
