import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import type { Actor } from '#core/contracts/audit'
import type { BroadcastOutcome, BroadcastRow } from '#core/contracts/broadcast_content'
import { Settings, type SettingDefinition } from '#core/contracts/settings'
import { transaction } from '#core/database/transaction'
import { CustomerFactory } from '#database/factories/customer_factory'
import type Customer from '#customers/models/customer'
import Notification from '#notifications/models/notification'
import { CreateBroadcast } from '#broadcasts/actions/create_broadcast'
import { ScheduleBroadcast } from '#broadcasts/actions/schedule_broadcast'
import { UpdateBroadcast } from '#broadcasts/actions/update_broadcast'
import type { BroadcastInput, VariantInput } from '#broadcasts/input'
import type Broadcast from '#broadcasts/models/broadcast'
import { StoredBroadcasts } from '#broadcasts/sending/stored_broadcasts'
import { FanOut } from '#broadcasts/ticks/fan_out'
import { StartDue } from '#broadcasts/ticks/start_due'
import { WindUp } from '#broadcasts/ticks/wind_up'
import { resetDatabase } from '#tests/support/database'
import { TestClock } from '#tests/support/test_clock'

export const ADMIN: Actor = { type: 'admin', id: 1, name: 'Olena' }

/** What Telegram would answer to a row; null leaves it in flight. */
export type Answer = Pick<BroadcastOutcome, 'status'> & Partial<Pick<BroadcastOutcome, 'error'>>

let lastMessageId = 1000

export const text = (source: string, changes: Partial<VariantInput> = {}): VariantInput => ({
  locale: 'en',
  variant: 'A',
  source,
  format: 'html',
  buttons: [],
  mediaKey: null,
  ...changes,
})

/** A database of its own, a clock that stands still, and a sender that does what it is told. */
export class BroadcastWorld {
  readonly clock = new TestClock()
  readonly never = new AbortController().signal
  content!: StoredBroadcasts

  async setup() {
    await resetDatabase()
    this.clock.moveTo(Date.UTC(2026, 5, 1, 12))
    app.container.swap(Clock, () => this.clock)
    const settings = await app.container.make(Settings)
    settings.forget()
    this.content = await this.make(StoredBroadcasts)
  }

  teardown() {
    app.container.restore(Clock)
  }

  make<T>(dependency: new (...args: any[]) => T): Promise<T> {
    return app.container.make(dependency) as Promise<T>
  }

  async set<T>(definition: SettingDefinition<T>, value: T) {
    const settings = await app.container.make(Settings)
    await transaction((trx) => settings.set(trx, definition, value))
  }

  customer(columns: Partial<Customer> = {}) {
    return CustomerFactory.merge(columns as any).create()
  }

  customers(count: number, columns: Partial<Customer> = {}) {
    return CustomerFactory.merge(columns as any).createMany(count)
  }

  async draft({ variants = [text('Hello {first_name}')], ...input }: Partial<BroadcastInput> = {}) {
    const create = await this.make(CreateBroadcast)
    const created = await create.handle({ title: input.title ?? 'News', actor: ADMIN })
    if (!created.ok) throw new Error('No draft was created')
    const update = await this.make(UpdateBroadcast)
    const saved = await update.handle({ ...this.formOf(created.value), ...input, variants })
    if (!saved.ok) throw new Error(`The draft was not saved: ${JSON.stringify(saved.refusal)}`)
    return saved.value
  }

  formOf(broadcast: Broadcast) {
    return {
      broadcastId: broadcast.id,
      revision: broadcast.revision,
      actor: ADMIN,
      title: broadcast.title,
      category: broadcast.category,
      audience: broadcast.audience,
      defaultLocale: broadcast.defaultLocale,
      quietHours: broadcast.quietHours,
      sendOnceKey: broadcast.sendOnceKey,
      paid: broadcast.paid,
      abShare: broadcast.abShare,
      recurrence: broadcast.recurrence,
      variants: [] as VariantInput[],
    }
  }

  async schedule(broadcast: Broadcast, when: Parameters<ScheduleBroadcast['handle']>[0]['when'] = { mode: 'now' }) {
    const action = await this.make(ScheduleBroadcast)
    return action.handle({ broadcastId: broadcast.id, when, actor: ADMIN })
  }

  /** A broadcast that has begun, its rows written. */
  async sending(input: Partial<BroadcastInput> = {}) {
    const broadcast = await this.draft(input)
    const scheduled = await this.schedule(broadcast)
    if (!scheduled.ok) throw new Error(`It was not scheduled: ${JSON.stringify(scheduled.refusal)}`)
    await this.start()
    return broadcast.refresh()
  }

  /** A broadcast that is through, each row answered so. */
  async completed(input: Partial<BroadcastInput> = {}, answer: (row: Notification) => Answer | null = () => SENT) {
    const broadcast = await this.sending(input)
    await this.deliver(answer)
    await this.windUp()
    return broadcast.refresh()
  }

  async start() {
    const tick = await this.make(StartDue)
    await tick.run(this.never)
    await this.fanOut()
  }

  async fanOut() {
    const tick = await this.make(FanOut)
    await tick.run(this.never)
  }

  async windUp() {
    const tick = await this.make(WindUp)
    await tick.run(this.never)
  }

  rows(broadcast: Broadcast, operation = 'send') {
    return Notification.query().where({ broadcastId: broadcast.id, operation }).orderBy('id')
  }

  /** Rows that the sender might claim now. */
  async due() {
    return Notification.query()
      .whereIn('broadcastId', await this.content.sending())
      .whereIn('status', ['PENDING', 'FAILED'])
      .where('scheduledAt', '<=', this.clock.now())
      .orderBy('id')
  }

  async decide(rows: Notification[]) {
    return this.content.prepare(rows.map(toBroadcastRow))
  }

  async firstDecision(rows: Notification[]) {
    const decisions = await this.decide(rows)
    return decisions.get(rows[0].id)!
  }

  /** Sends what is due, as the sender would, and answers the decisions. */
  async deliver(answer: (row: Notification) => Answer | null = () => SENT) {
    const rows = await this.due()
    const decisions = await this.decide(rows)
    for (const row of rows) {
      const decision = decisions.get(row.id)!
      if (decision.kind === 'defer') await row.merge({ scheduledAt: decision.until, reason: decision.reason }).save()
      if (decision.kind === 'cancel') await this.settle(row, { status: 'CANCELLED' }, decision.reason)
      const result = decision.kind === 'send' ? answer(row) : null
      if (result) await this.settle(row, result)
    }
    return rows.map((row) => decisions.get(row.id)!)
  }

  async settle(row: Notification, { status, error = null }: Answer, reason: string | null = null) {
    const at = this.clock.now()
    const attemptedAt = status === 'CANCELLED' ? null : at
    await transaction(async (trx) => {
      row.useTransaction(trx)
      const telegramMessageId = status === 'SENT' ? lastMessageId++ : null
      await row
        .merge({ status, error, reason, attemptedAt, sentAt: status === 'SENT' ? at : null, telegramMessageId })
        .save()
      const { id: rowId, broadcastVersion, customerId, operation } = row
      const outcome = { rowId, broadcastId: row.broadcastId!, broadcastVersion, customerId, operation }
      await this.content.record(trx, [{ ...outcome, status, error, reason, at }])
    })
  }

  async counters(broadcast: Broadcast, operation = 'send') {
    const rows = await db.from('broadcast_counters').where({ broadcast_id: broadcast.id, operation })
    const sum = (name: string) => rows.reduce((total, row) => total + Number(row[name]), 0)
    return Object.fromEntries(
      ['written', 'sent', 'blocked', 'failed', 'unknown', 'cancelled'].map((name) => [name, sum(name)])
    )
  }
}

export const SENT: Answer = { status: 'SENT' }
export const BLOCKED: Answer = { status: 'PERMANENT_FAILURE', error: '403: Forbidden: bot was blocked by the user' }
export const BROKEN: Answer = { status: 'PERMANENT_FAILURE', error: '400: Bad Request: something else' }
export const UNKNOWN: Answer = { status: 'UNKNOWN' }

const toBroadcastRow = (row: Notification): BroadcastRow => ({
  id: row.id,
  broadcastId: row.broadcastId!,
  broadcastVersion: row.broadcastVersion,
  customerId: row.customerId,
  chatId: row.chatId,
  operation: row.operation,
  targetMessageId: row.targetMessageId,
  scheduledAt: row.scheduledAt,
})
