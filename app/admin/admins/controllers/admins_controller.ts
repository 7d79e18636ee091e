import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import Admin from '#staff/models/admin'
import { CreateAdmin } from '#staff/actions/create_admin'
import { UpdateAdmin } from '#staff/actions/update_admin'
import { AdminSessionsQuery } from '#staff/queries/admin_sessions_query'
import { renderList } from '#admin/shared/render_list'
import { adminsList } from '#admin/admins/admins_list'
import { flashFieldRefusal } from '#admin/shared/flash_result'
import { panelText, refusalText } from '#admin/shared/words'
import { flashedSecret, flashSecret } from '#admin/shared/one_time_flash'
import { adminValidator, newAdminValidator } from '#admin/admins/validators/admin'

@inject()
export default class AdminsController {
  constructor(
    private clock: Clock,
    private createAdmin: CreateAdmin,
    private updateAdmin: UpdateAdmin,
    private sessionsQuery: AdminSessionsQuery
  ) {}

  async index(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'admins.view')
    return renderList(ctx, adminsList, 'admin/admins/index', this.clock.now())
  }

  async create({ bouncer, view }: HttpContext) {
    await bouncer.authorize('permission', 'admins.manage')
    return view.render('admin/admins/create')
  }

  async store(ctx: HttpContext) {
    const { actor, bouncer, request, response, session } = ctx
    await bouncer.authorize('permission', 'admins.manage')
    const input = await request.validateUsing(newAdminValidator)
    const result = await this.createAdmin.handle({ ...input, fullName: input.full_name }, actor)
    if (!result.ok) {
      flashFieldRefusal(ctx, 'email', refusalText(result.refusal))
      return response.redirect().toPath('/admin/admins/create')
    }
    const { admin, generatedPassword } = result.value
    session.flash('success', panelText('admins.created', { name: admin.fullName }))
    flashSecret(ctx, 'generated_password', generatedPassword)
    return response.redirect().toPath(`/admin/admins/${admin.id}`)
  }

  async show(ctx: HttpContext) {
    const { bouncer, params, view } = ctx
    await bouncer.authorize('permission', 'admins.view')
    const subject = await Admin.findOrFail(params.id)
    return view.render('admin/admins/show', {
      subject,
      sessions: await this.sessionsQuery.handle(subject.id),
      generatedPassword: flashedSecret<string>(ctx, 'generated_password'),
    })
  }

  async update(ctx: HttpContext) {
    const { actor, bouncer, params, request, response, session } = ctx
    await bouncer.authorize('permission', 'admins.manage')
    const input = await request.validateUsing(adminValidator)
    const result = await this.updateAdmin.handle({
      adminId: params.id,
      fullName: input.full_name,
      role: input.role,
      actor,
    })
    if (result.ok) session.flash('success', panelText('admins.saved'))
    else flashFieldRefusal(ctx, 'role', refusalText(result.refusal))
    return response.redirect().toPath(`/admin/admins/${params.id}`)
  }
}
