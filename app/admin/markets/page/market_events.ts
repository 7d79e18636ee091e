import AuditEntry from '#staff/models/audit_entry'
import type Market from '#markets/models/market'
import { actionText } from '#admin/audit/audit_words'

const SHOWN = 30

const ICONS: Record<string, string> = {
  'market.created': 'plus',
  'market.updated': 'pencil',
  'market.published': 'rocket',
  'market.unpublished': 'eye-off',
  'market.closed': 'lock',
}

/** What admins did with a market, newest first, as the audit log has it. */
export async function marketEvents(market: Market) {
  const entries = await AuditEntry.query()
    .where({ subjectType: 'market', subjectId: String(market.id) })
    .orderBy('id', 'desc')
    .limit(SHOWN)
  return entries.map((entry) => ({
    at: entry.createdAt,
    icon: ICONS[entry.action] ?? 'gavel',
    title: actionText(entry.action),
    detail: entry.actorName,
    link: { route: 'admin.audit.show', params: [entry.id] },
  }))
}
