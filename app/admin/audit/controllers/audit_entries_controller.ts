import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import Admin from '#staff/models/admin'
import AuditEntry from '#staff/models/audit_entry'
import { formatInstant } from '#admin/shared/format'
import { renderList } from '#admin/shared/render_list'
import { diffOf } from '#admin/audit/audit_diff'
import { auditList } from '#admin/audit/audit_list'
import { actionGroups, actionText, subjectText } from '#admin/audit/audit_words'
import { subjectsOf } from '#admin/audit/subjects'

/** Who changed what: read only, here as in the database. */
@inject()
export default class AuditEntriesController {
  constructor(private clock: Clock) {}

  async index(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'audit.view')
    const list = auditList(ctx.auth.getUserOrFail().timeZone)
    const admins = await Admin.query().orderBy('full_name').select('id', 'full_name')
    return renderList(ctx, list, 'admin/audit/index', this.clock.now(), {
      ...{ admins, actionText, subjectText, subjectsOf },
      groups: actionGroups(),
    })
  }

  async show({ auth, bouncer, params, view }: HttpContext) {
    await bouncer.authorize('permission', 'audit.view')
    const reader = auth.getUserOrFail()
    const entry = await AuditEntry.findOrFail(params.id)
    const subjects = await subjectsOf([{ type: entry.subjectType, id: entry.subjectId }])
    return view.render('admin/audit/show', {
      entry,
      action: actionText(entry.action),
      subject: subjects(entry.subjectType, entry.subjectId),
      diff: diffOf(entry.before, entry.after, (at) => formatInstant(at, reader.timeZone)),
    })
  }
}
