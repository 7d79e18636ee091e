import { inject } from '@adonisjs/core'
import i18nManager from '@adonisjs/i18n/services/main'
import { MessageComposer } from '#core/contracts/message_composer'
import type Notification from '#notifications/models/notification'

const EXCERPT = 140
const ENTITIES: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' }

/** Outbox rows in words, for admins. */
@inject()
export class NotificationText {
  constructor(private composer: MessageComposer) {}

  /** What the message says, without markup. A template that no longer exists is named. */
  full({ template, params }: Pick<Notification, 'template' | 'params'>): string {
    if (!template) return this.#t('no_text')
    try {
      return plain(this.composer.compose(i18nManager.defaultLocale, template, params ?? {}, []).html)
    } catch {
      return this.#t('unknown_template', { template })
    }
  }

  excerpt(message: Pick<Notification, 'template' | 'params'>): string {
    const line = this.full(message).replace(/\s+/g, ' ').trim()
    return line.length > EXCERPT ? `${line.slice(0, EXCERPT).trimEnd()}…` : line
  }

  /** `sent`, or `failed for good: Forbidden: bot was blocked by the user`. */
  outcome({ status, error, reason }: Pick<Notification, 'status' | 'error' | 'reason'>): string {
    const state = this.#t(`statuses.${status}`)
    const why = status === 'SENT' ? null : (error ?? reason)
    return why ? `${state}: ${why}` : state
  }

  #t(key: string, params?: Record<string, string>) {
    return i18nManager.locale(i18nManager.defaultLocale).t(`panel.notifications.${key}`, params)
  }
}

function plain(html: string) {
  return html.replace(/<[^>]*>/g, '').replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity])
}
