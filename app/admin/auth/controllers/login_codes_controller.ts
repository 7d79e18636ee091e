import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import { LogIn } from '#admin/auth/log_in'
import { panelText } from '#admin/shared/words'
import { refuseWith } from '#admin/auth/refuse_with'
import { pendingLogin } from '#admin/auth/pending_login'
import { codeValidator } from '#admin/auth/validators/login'
import { VerifySecondFactor } from '#staff/actions/verify_second_factor'
import { countRecoveryCodes } from '#staff/two_factor/recovery_codes'

/** The second step: until it is passed, nobody is logged in. */
@inject()
export default class LoginCodesController {
  constructor(
    private clock: Clock,
    private verifySecondFactor: VerifySecondFactor,
    private logIn: LogIn
  ) {}

  show(ctx: HttpContext) {
    if (pendingLogin.adminId(ctx, this.clock.now()) === null) return this.#startAgain(ctx)
    return ctx.view.render('admin/auth/code')
  }

  async store(ctx: HttpContext) {
    const { request, response, session } = ctx
    const adminId = pendingLogin.adminId(ctx, this.clock.now())
    if (adminId === null) return this.#startAgain(ctx)

    const { code } = await request.validateUsing(codeValidator)
    const result = await this.verifySecondFactor.handle({ adminId, code, ip: request.ip(), requestId: request.id() })
    if (!result.ok) return refuseWith(ctx, result.refusal, 'admin/auth/code')

    const { admin, recovered } = result.value
    pendingLogin.end(ctx)
    await this.logIn.handle(ctx, admin)
    if (recovered)
      session.flash('warning', panelText('auth.code.recovered', { left: await countRecoveryCodes(admin.id) }))
    return response.redirect().toIntended('/admin')
  }

  #startAgain(ctx: HttpContext) {
    pendingLogin.end(ctx)
    ctx.session.flash('warning', panelText('auth.code.expired'))
    return ctx.response.redirect().toPath('/admin/login')
  }
}
