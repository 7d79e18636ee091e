import { Alerts, type AlertInput } from '#core/contracts/alerts'
import type { Trx } from '#core/database/transaction'
import { MessageComposer } from '#core/contracts/message_composer'
import {
  BroadcastContent,
  type BroadcastDecision,
  type BroadcastOutcome,
  type BroadcastRow,
} from '#core/contracts/broadcast_content'

/** Words the template `plain` by its parameter, in front of it the language. */
export class PlainComposer extends MessageComposer {
  compose(locale: string, template: string, params: Record<string, string | number>) {
    if (template !== 'plain') throw new Error(`no text for ${template}`)
    return { html: `${locale === 'en' ? '' : `[${locale}] `}${params.text}` }
  }

  keyboard() {
    return undefined
  }
}

export class RecordingAlerts extends Alerts {
  readonly raised: AlertInput[] = []

  async raise(alert: AlertInput) {
    this.raised.push(alert)
  }

  async raiseIn(_: Trx, alert: AlertInput) {
    this.raised.push(alert)
  }

  async resolve() {
    return true
  }
}

/** One broadcast after the other, sent as `broadcast <id> to <chat>` unless a test decides otherwise. */
export class FakeBroadcasts extends BroadcastContent {
  ids: number[] = [1]
  readonly outcomes: BroadcastOutcome[] = []
  decide: (row: BroadcastRow) => BroadcastDecision = ({ broadcastId, chatId }) => ({
    kind: 'send',
    message: { html: `broadcast ${broadcastId} to ${chatId}` },
  })

  async sending() {
    return this.ids
  }

  async prepare(rows: BroadcastRow[]) {
    return new Map(rows.map((row) => [row.id, this.decide(row)]))
  }

  async record(_: Trx, outcomes: BroadcastOutcome[]) {
    this.outcomes.push(...outcomes)
  }
}
