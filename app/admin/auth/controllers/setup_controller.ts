import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { panelText, refusalText } from '#admin/shared/words'
import { refuseWith } from '#admin/auth/refuse_with'
import { setupValidator } from '#admin/auth/validators/setup'
import { CreateFirstOwner } from '#staff/actions/create_first_owner'
import { isSetupOpen } from '#staff/first_owner/setup_record'

/** The first-run page: open until the first owner exists, and never again. */
@inject()
export default class SetupController {
  constructor(private createFirstOwner: CreateFirstOwner) {}

  async show(ctx: HttpContext) {
    if (!(await isSetupOpen())) return this.#closed(ctx)
    return ctx.view.render('admin/auth/setup')
  }

  async store(ctx: HttpContext) {
    const { request, response, session } = ctx
    if (!(await isSetupOpen())) return this.#closed(ctx)
    const { token, name, email, password } = await request.validateUsing(setupValidator)
    const result = await this.createFirstOwner.handle({
      token,
      email,
      fullName: name,
      password,
      ip: request.ip(),
      requestId: request.id(),
    })
    if (!result.ok && result.refusal.code === 'setup_closed') return this.#closed(ctx)
    if (!result.ok) return refuseWith(ctx, result.refusal, 'admin/auth/setup', { name, email })

    session.flash('success', panelText('auth.setup.done'))
    return response.redirect().toPath('/admin/login')
  }

  #closed({ response, session }: HttpContext) {
    session.flash('info', refusalText({ code: 'setup_closed' }))
    return response.redirect().toPath('/admin/login')
  }
}
