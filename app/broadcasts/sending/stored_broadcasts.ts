import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { Alerts } from '#core/contracts/alerts'
import { BroadcastContent } from '#core/contracts/broadcast_content'
import type { BroadcastDecision, BroadcastOutcome, BroadcastRow } from '#core/contracts/broadcast_content'
import { Settings } from '#core/contracts/settings'
import { isDatabaseFailure } from '#core/database/database_failure'
import type { Trx } from '#core/database/transaction'
import { RecordOutcomes } from '#broadcasts/outcomes/record_outcomes'
import Broadcast from '#broadcasts/models/broadcast'
import { checkAgain } from '#broadcasts/sending/checks'
import { Compose } from '#broadcasts/sending/compose'
import { tooOldToDelete } from '#broadcasts/sending/deletions'
import { FrozenContent } from '#broadcasts/sending/frozen_content'
import { Recipients, type Recipient } from '#broadcasts/sending/recipients'
import { dailyCap } from '#broadcasts/settings'

/** What the sender asks of broadcasts, answered from the database. */
@inject()
export class StoredBroadcasts extends BroadcastContent {
  readonly #content = new FrozenContent()

  constructor(
    private clock: Clock,
    private settings: Settings,
    private recipients: Recipients,
    private compose: Compose,
    private outcomes: RecordOutcomes,
    private alerts: Alerts
  ) {
    super()
  }

  /** Tests that an admin waits for go first, then the broadcast that began first. */
  async sending(): Promise<number[]> {
    const rows = await db
      .from('broadcasts')
      .where('status', 'sending')
      .orderByRaw('CASE WHEN test_of IS NULL THEN 1 ELSE 0 END, started_at, id')
      .select('id')
    return rows.map(({ id }) => id)
  }

  async prepare(rows: BroadcastRow[]): Promise<Map<number, BroadcastDecision>> {
    const ids = [...new Set(rows.map(({ broadcastId }) => broadcastId))]
    const found = await Broadcast.findMany(ids)
    const broadcasts = new Map(found.map((broadcast) => [broadcast.id, broadcast]))
    const recipients = await this.recipients.load(rows)
    const late = await tooOldToDelete(rows, this.clock.now())
    const cap = await this.settings.get(dailyCap)

    const decisions = new Map<number, BroadcastDecision>()
    for (const row of rows) {
      const broadcast = broadcasts.get(row.broadcastId)
      if (broadcast?.status !== 'sending') decisions.set(row.id, { kind: 'hold' })
      else if (late.has(row.id)) decisions.set(row.id, { kind: 'cancel', reason: 'too_old_to_delete' })
      else decisions.set(row.id, await this.#decide(broadcast, row, recipients, cap).catch((error) => brokenBy(error)))
    }
    await this.#tell(rows, decisions)
    return decisions
  }

  record(trx: Trx, outcomes: BroadcastOutcome[]) {
    return this.outcomes.handle(trx, outcomes)
  }

  /** Admins hear of it once for each broadcast, however many of its rows it concerns. */
  async #tell(rows: BroadcastRow[], decisions: Map<number, BroadcastDecision>) {
    const errors = new Map<number, string>()
    for (const { id, broadcastId } of rows) {
      const decision = decisions.get(id)
      if (decision?.kind === 'broken') errors.set(broadcastId, decision.error)
    }
    for (const [broadcastId, error] of errors) {
      await this.alerts.raise({
        kind: 'broadcasts',
        severity: 'critical',
        fingerprint: `broadcast:${broadcastId}:wording`,
        title: `Messages of broadcast ${broadcastId} can't be worded and are not sent`,
        details: { error, next: 'Pause or cancel it, put the text right in a copy and send that' },
      })
    }
  }

  async #decide(
    broadcast: Broadcast,
    row: BroadcastRow,
    recipients: Map<number, Recipient>,
    cap: number
  ): Promise<BroadcastDecision> {
    if (row.operation === 'delete') return { kind: 'send', message: null }
    const recipient = recipients.get(row.customerId ?? 0) ?? null
    const isForReal = row.operation === 'send' && broadcast.testOf === null
    if (isForReal && !recipient) return { kind: 'cancel', reason: 'customer_gone' }

    const objection = isForReal ? checkAgain(broadcast, recipient!, { cap, now: this.clock.now() }) : null
    if (objection) return objection
    const content = await this.#content.of(broadcast, row.broadcastVersion ?? broadcast.version)
    const message = this.compose.message(broadcast, content, row, recipient)
    if (!message) return { kind: 'cancel', reason: 'too_long' }
    if (isForReal) recipient!.today++
    return { kind: 'send', message }
  }
}

/** Without the database nothing can be said of a row: it is the sender's to try it again. */
function brokenBy(error: unknown): BroadcastDecision {
  if (isDatabaseFailure(error)) throw error
  return { kind: 'broken', error: error instanceof Error ? error.message : String(error) }
}
