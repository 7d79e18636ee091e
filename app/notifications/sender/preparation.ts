import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { MessageComposer } from '#core/contracts/message_composer'
import { BroadcastDecisions, type Decision } from '#notifications/sender/broadcast_decisions'
import { carriesPhoto } from '#notifications/sender/call'
import { Photos } from '#notifications/sender/photos'
import type { ClaimedRow } from '#notifications/sender/claimed_row'
import type { PreparedRow } from '#notifications/sender/prepared_row'
import { resultOf, waitingStatus, type RowResult } from '#notifications/sender/result'

export interface Prepared {
  ready: PreparedRow[]
  /** Rows that are not to be sent now, or never. */
  settled: RowResult[]
  /** Rows that failed here by our own mistake. */
  broken: RowResult[]
}

const DEFAULT_LOCALE = 'en'

/** Words the rows of a claim, or learns why they are not to be sent. */
@inject()
export class Preparation {
  constructor(
    private readonly decisions: BroadcastDecisions,
    private readonly composer: MessageComposer,
    private readonly photos: Photos
  ) {}

  async prepare(rows: ClaimedRow[]): Promise<Prepared> {
    const prepared: Prepared = { ready: [], settled: [], broken: [] }
    const decisions = await this.decisions.of(rows.filter(({ broadcastId }) => broadcastId !== null))
    const locales = await this.#locales(rows)
    for (const row of rows) {
      if (row.broadcastId !== null) this.#decide(prepared, row, decisions.get(row.id) ?? { kind: 'hold' })
      else this.#compose(prepared, row, locales.get(row.customerId) ?? DEFAULT_LOCALE)
    }
    await this.#dropMissingPhotos(prepared)
    return prepared
  }

  #decide({ ready, settled, broken }: Prepared, row: ClaimedRow, decision: Decision) {
    switch (decision.kind) {
      case 'send':
        if (!decision.message && row.operation !== 'delete') return broken.push(notComposed(row, 'there is no message'))
        return ready.push(withPhoto(row, decision.message))
      case 'hold':
        return settled.push(resultOf(row, { status: waitingStatus(row), reason: row.reason }))
      case 'defer':
        return settled.push(
          resultOf(row, { status: waitingStatus(row), scheduledAt: decision.until, reason: decision.reason })
        )
      case 'cancel':
        return settled.push(resultOf(row, { status: 'CANCELLED', reason: decision.reason }))
      case 'broken':
        return broken.push(notComposed(row, decision.error))
    }
  }

  #compose({ ready, broken }: Prepared, row: ClaimedRow, locale: string) {
    try {
      if (row.operation === 'delete') return ready.push(withPhoto(row, null))
      const message = this.composer.compose(locale, row.template ?? '', row.params ?? {}, row.buttons ?? [])
      return ready.push(withPhoto(row, { ...message, photo: row.photo }))
    } catch (error) {
      return broken.push(notComposed(row, error instanceof Error ? error.message : String(error)))
    }
  }

  async #dropMissingPhotos(prepared: Prepared) {
    const keys = prepared.ready.flatMap(({ photo }) => photo ?? [])
    const missing = new Set(keys.length > 0 ? await this.photos.load(keys) : [])
    if (missing.size === 0) return
    const lacking = prepared.ready.filter(({ photo }) => photo && missing.has(photo))
    prepared.ready = prepared.ready.filter((item) => !lacking.includes(item))
    prepared.broken.push(
      ...lacking.map(({ row, photo }) =>
        resultOf(row, { status: 'PERMANENT_FAILURE', error: `The stored photo ${photo} does not exist` })
      )
    )
  }

  async #locales(rows: ClaimedRow[]): Promise<Map<number | null, string>> {
    const ids = rows.flatMap((row) => (row.broadcastId === null ? (row.customerId ?? []) : []))
    if (ids.length === 0) return new Map()
    const customers = await db
      .from('customers')
      .whereIn('id', [...new Set(ids)])
      .select('id', 'language')
    return new Map(customers.map(({ id, language }) => [id, language]))
  }
}

const notComposed = (row: ClaimedRow, why: string) =>
  resultOf(row, { status: 'PERMANENT_FAILURE', error: `Not composed: ${why}` })

const withPhoto = (row: ClaimedRow, message: PreparedRow['message']): PreparedRow => ({
  row,
  message,
  photo: carriesPhoto(row, message) ? message!.photo! : null,
})
