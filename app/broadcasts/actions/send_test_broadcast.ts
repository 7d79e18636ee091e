import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction, type Trx } from '#core/database/transaction'
import { newReference } from '#core/reference'
import { ok, refuse } from '#core/result'
import type { Language } from '#customers/languages'
import { PRIORITIES } from '#notifications/outbox/priorities'
import { replaceVariants } from '#broadcasts/content/replace_variants'
import { VariantSet, type StoredVariant } from '#broadcasts/content/variant_set'
import Broadcast from '#broadcasts/models/broadcast'
import { count } from '#broadcasts/outcomes/counters'
import type { Variant } from '#broadcasts/values'

export interface SendTestInput {
  broadcastId: number
  locale: Language
  variant: Variant
  /** Of the admin's linked account; null when there is none. */
  telegramId: number | null
  actor: Actor
}

/**
 * Sends one text, as it is saved, to the admin: a hidden broadcast to one chat, which goes the same way as the real
 * one will. Refuses with `telegram_not_linked`, `broadcast_not_found` or `content_missing`.
 */
@inject()
export class SendTestBroadcast {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  async handle({ broadcastId, locale, variant, telegramId, actor }: SendTestInput) {
    if (telegramId === null) return refuse('telegram_not_linked')

    return transaction(async (trx) => {
      const source = await Broadcast.query({ client: trx }).where('id', broadcastId).first()
      if (!source) return refuse('broadcast_not_found')
      const texts = await VariantSet.load(trx, source)
      const content = texts.find(locale, variant)
      if (!content) return refuse('content_missing')

      const test = await this.#createTest(trx, source, content)
      await this.#writeRow(trx, test, telegramId)
      await this.audit.record(trx, {
        actor,
        action: 'broadcast.test_sent',
        subjectType: 'broadcast',
        subjectId: source.id,
        after: { locale, variant },
      })
      return ok(test)
    })
  }

  async #createTest(trx: Trx, source: Broadcast, content: StoredVariant) {
    const now = this.clock.now()
    const test = await Broadcast.create(
      {
        reference: newReference(),
        testOf: source.id,
        title: source.title,
        category: source.category,
        status: 'sending',
        run: 'send',
        audience: { kind: 'all' },
        defaultLocale: content.locale,
        recurrence: 'none',
        paid: false,
        version: 1,
        revision: 1,
        createdAt: now,
        updatedAt: now,
        startedAt: now,
        fannedOutAt: now,
      },
      { client: trx }
    )
    const { locale, html, buttons, mediaKey } = content
    await replaceVariants(trx, test, [{ locale, html, buttons, mediaKey, variant: 'A' }])
    return test.refresh()
  }

  /** An admin who uses the bot is a customer too: then the placeholders are theirs. */
  async #writeRow(trx: Trx, test: Broadcast, telegramId: number) {
    const now = this.clock.now()
    const customer = await trx.from('customers').where('telegram_id', telegramId).select('id').first()
    await trx.table('notifications').insert({
      type: 'BROADCAST',
      status: 'PENDING',
      operation: 'send',
      priority: PRIORITIES.SYSTEM,
      chat_id: telegramId,
      customer_id: customer?.id ?? null,
      broadcast_id: test.id,
      broadcast_version: 1,
      attempts: 0,
      scheduled_at: now,
      created_at: now,
    })
    await count(trx, [{ broadcastId: test.id, operation: 'send', version: 1, variant: 'A', written: 1 }])
  }
}
