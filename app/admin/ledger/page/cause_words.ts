import i18nManager from '@adonisjs/i18n/services/main'
import router from '@adonisjs/core/services/router'
import type { Cause } from '#ledger/references/references'
import type { Reference } from '#ledger/transfer_input'
import { subjectText } from '#admin/audit/audit_words'

export interface CauseText {
  text: string
  externalId: string | null
  url: string | null
}

const PAGES: Record<string, string> = { customer: 'admin.customers.show', transfer: 'admin.ledger.transfers.show' }

/** What a transfer was for, as its room tells it; else by type and id. */
export function causeText(reference: Reference | null, cause: Cause | null): CauseText | null {
  if (!reference) return null
  const { type, id } = reference
  const key = `panel.ledger.references.${type}`
  const text = cause?.title ?? i18nManager.locale('en').t(key, { id: String(id) }, subjectText(type, String(id)))
  const link = cause?.link ?? (PAGES[type] ? { route: PAGES[type], params: [id] } : null)
  return { text, externalId: cause?.externalId ?? null, url: link ? urlOf(link.route, link.params) : null }
}

const urlOf = (route: string, params: unknown[]) =>
  router.has(route)
    ? router
        .builder()
        .params(params as any[])
        .make(route)
    : null
