import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import { LogIn } from '#admin/auth/log_in'
import { pendingLogin } from '#admin/auth/pending_login'
import { loginValidator } from '#admin/auth/validators/login'
import { refuseWith } from '#admin/auth/refuse_with'
import { VerifyCredentials } from '#staff/actions/verify_credentials'
import { isSetupOpen } from '#staff/first_owner/setup_record'

@inject()
export default class LoginController {
  constructor(
    private clock: Clock,
    private verifyCredentials: VerifyCredentials,
    private logIn: LogIn
  ) {}

  async show({ auth, response, view }: HttpContext) {
    if (await auth.check()) return response.redirect().toPath('/admin')
    if (await isSetupOpen()) return response.redirect().toPath('/admin/setup')
    return view.render('admin/auth/login')
  }

  async store(ctx: HttpContext) {
    const { request, response } = ctx
    const { email, password } = await request.validateUsing(loginValidator)
    const result = await this.verifyCredentials.handle({
      email,
      password,
      ip: request.ip(),
      requestId: request.id(),
    })
    if (!result.ok) return refuseWith(ctx, result.refusal, 'admin/auth/login', { email })

    const admin = result.value
    if (admin.hasTwoFactor) {
      pendingLogin.begin(ctx, admin.id, this.clock.now())
      return response.redirect().toPath('/admin/login/code')
    }
    await this.logIn.handle(ctx, admin)
    return response.redirect().toIntended('/admin')
  }
}
