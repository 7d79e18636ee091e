import { inject } from '@adonisjs/core'
import { renderSVG } from 'uqr'
import type { HttpContext } from '@adonisjs/core/http'
import { StartTwoFactor } from '#staff/actions/start_two_factor'
import { ConfirmTwoFactor } from '#staff/actions/confirm_two_factor'
import { DisableTwoFactor } from '#staff/actions/disable_two_factor'
import { countRecoveryCodes } from '#staff/two_factor/recovery_codes'
import { panelText, refusalText } from '#admin/shared/words'
import { flashSecret } from '#admin/shared/one_time_flash'
import { flashFieldRefusal, flashResult } from '#admin/shared/flash_result'
import { codeValidator, passwordValidator } from '#admin/profile/validators/profile'

const PAGE = '/admin/profile/two-factor'

@inject()
export default class TwoFactorController {
  constructor(
    private startTwoFactor: StartTwoFactor,
    private confirmTwoFactor: ConfirmTwoFactor,
    private disableTwoFactor: DisableTwoFactor
  ) {}

  async show({ auth, view }: HttpContext) {
    const admin = auth.getUserOrFail()
    if (admin.hasTwoFactor) {
      return view.render('admin/profile/two_factor', { left: await countRecoveryCodes(admin.id) })
    }
    const enrolment = admin.twoFactorSecret ? await this.startTwoFactor.handle(admin.id) : null
    if (!enrolment?.ok) return view.render('admin/profile/two_factor_start')
    const { secret, uri } = enrolment.value
    return view.render('admin/profile/two_factor_enrol', {
      qr: renderSVG(uri, { border: 2 }),
      secret: secret.replace(/(.{4})(?=.)/g, '$1 '),
    })
  }

  /** Makes the secret; the page then shows it until it is confirmed. */
  async begin({ auth, response }: HttpContext) {
    await this.startTwoFactor.handle(auth.getUserOrFail().id)
    return response.redirect().toPath(PAGE)
  }

  async store(ctx: HttpContext) {
    const { request, response, session, auth, actor } = ctx
    const { code } = await request.validateUsing(codeValidator)
    const result = await this.confirmTwoFactor.handle({ adminId: auth.getUserOrFail().id, code, actor })
    if (!result.ok) {
      flashFieldRefusal(ctx, 'code', refusalText(result.refusal))
      return response.redirect().toPath(PAGE)
    }
    session.flash('success', panelText('profile.two_factor.enabled'))
    flashSecret(ctx, 'recovery_codes', result.value)
    return response.redirect().toPath(`${PAGE}/recovery-codes`)
  }

  async destroy(ctx: HttpContext) {
    const { request, response, auth, actor } = ctx
    const { password } = await request.validateUsing(passwordValidator)
    const result = await this.disableTwoFactor.handle({ adminId: auth.getUserOrFail().id, password, actor })
    const done = flashResult(ctx, result, panelText('profile.two_factor.disabled'))
    return response.redirect().toPath(done ? '/admin/profile' : PAGE)
  }
}
