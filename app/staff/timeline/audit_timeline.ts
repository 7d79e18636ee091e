import db from '@adonisjs/lucid/services/db'
import i18nManager from '@adonisjs/i18n/services/main'
import { parseJson } from '#core/database/columns'
import type { TimelineItem, TimelineProvider } from '#core/contracts/timeline_source'

const KIND = 'admin'

/** What admins did to a customer, from the audit log. */
export class AuditTimeline implements TimelineProvider {
  readonly kind = KIND

  async items(customerId: number, before: number, limit: number): Promise<TimelineItem[]> {
    const entries = await db
      .from('audit_entries')
      .where({ subject_type: 'customer', subject_id: String(customerId) })
      .where('created_at', '<', before)
      .orderBy('id', 'desc')
      .limit(limit)
    return entries.map((entry) => ({
      at: entry.created_at,
      kind: KIND,
      icon: 'user-shield',
      title: titleOf(entry.action, entry.actor_name),
      detail: reasonOf(parseJson(entry.after) ?? parseJson(entry.before)),
    }))
  }
}

function titleOf(action: string, actor: string) {
  const t = i18nManager.locale(i18nManager.defaultLocale)
  const key = `panel.timeline.audit.${action.replaceAll('.', '_')}`
  const words = t.t(`panel.audit.actions.${action}`, {}, action)
  return t.t(key, { actor }, t.t('panel.timeline.audit.other', { actor, action: words }))
}

function reasonOf(values: Record<string, unknown> | null): string | undefined {
  return typeof values?.reason === 'string' ? values.reason : undefined
}
