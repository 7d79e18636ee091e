import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import Admin from '#staff/models/admin'
import AuditEntry from '#staff/models/audit_entry'
import { renderList } from '#admin/shared/render_list'
import { diffOf } from '#admin/audit/audit_diff'
import { auditList } from '#admin/audit/audit_list'
import { subjectUrl } from '#admin/audit/subject_link'

/** Who changed what: read only, here as in the database. */
@inject()
export default class AuditEntriesController {
  constructor(private clock: Clock) {}

  async index(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'audit.view')
    const list = auditList(ctx.auth.getUserOrFail().timeZone)
    const admins = await Admin.query().orderBy('full_name').select('id', 'full_name')
    return renderList(ctx, list, 'admin/audit/index', this.clock.now(), { admins, subjectUrl })
  }

  async show({ bouncer, params, view }: HttpContext) {
    await bouncer.authorize('permission', 'audit.view')
    const entry = await AuditEntry.findOrFail(params.id)
    return view.render('admin/audit/show', { entry, diff: diffOf(entry.before, entry.after), subjectUrl })
  }
}
