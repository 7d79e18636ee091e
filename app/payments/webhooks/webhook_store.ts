import { setImmediate as breathe } from 'node:timers/promises'
import { rowsOf } from '#core/database/dialect'
import { enqueue } from '#core/database/enqueue'
import { transaction } from '#core/database/transaction'
import ProcessWebhooks from '#payments/jobs/process_webhooks'
import type { ProviderName } from '#payments/values'

export interface NewWebhook {
  provider: ProviderName
  eventKey: string
  /** Encrypted. */
  body: string
  ip: string | null
  receivedAt: number
}

export interface StoredWebhook {
  id: number
  /** It had come before. */
  isRepeated: boolean
}

interface Waiting {
  webhook: NewWebhook
  resolve: (stored: StoredWebhook) => void
  reject: (error: unknown) => void
}

/** One transaction takes no more, so that nobody waits long. */
const MOST_AT_ONCE = 50
const ROW = '(?, ?, ?, ?, 0, ?, ?, ?)'

/** A delivery that came before is counted on its row. */
const INTO =
  'INSERT INTO webhook_events (provider, event_key, body, deliveries, attempts, ip, received_at, last_received_at) VALUES'
const ON_REPEAT = `ON CONFLICT (provider, event_key) DO UPDATE
  SET deliveries = webhook_events.deliveries + excluded.deliveries, last_received_at = excluded.last_received_at
  RETURNING id, provider, event_key, deliveries`

/**
 * Stores webhooks with the job that will look into them. What arrives together, or while a transaction is being
 * committed, goes into the next one; nobody is answered before the commit of their own.
 */
export class WebhookStore {
  readonly #waiting: Waiting[] = []
  #isWriting = false

  store(webhook: NewWebhook): Promise<StoredWebhook> {
    const { promise, resolve, reject } = Promise.withResolvers<StoredWebhook>()
    this.#waiting.push({ webhook, resolve, reject })
    if (!this.#isWriting) void this.#writeAll()
    return promise
  }

  async #writeAll() {
    this.#isWriting = true
    while (this.#waiting.length > 0) {
      await breathe()
      const batch = this.#waiting.splice(0, MOST_AT_ONCE)
      try {
        const stored = await write(batch.map(({ webhook }) => webhook))
        for (const { webhook, resolve } of batch) resolve(stored.get(keyOf(webhook))!)
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    this.#isWriting = false
  }
}

const keyOf = ({ provider, eventKey }: Pick<NewWebhook, 'provider' | 'eventKey'>) => `${provider}:${eventKey}`

/** In the order of their keys, as every process takes the rows. */
async function write(webhooks: NewWebhook[]): Promise<Map<string, StoredWebhook>> {
  const groups = Object.entries(Object.groupBy(webhooks, keyOf)).sort(([one], [other]) => (one < other ? -1 : 1))
  const counts = new Map(groups.map(([key, group]) => [key, group!.length]))
  const bindings = groups.flatMap(([, group]) => rowOf(group![0], group!.length))
  const sql = `${INTO} ${groups.map(() => ROW).join(', ')} ${ON_REPEAT}`
  return transaction(async (trx) => {
    const rows = rowsOf<{ id: number; provider: ProviderName; event_key: string; deliveries: number }>(
      await trx.rawQuery(sql, bindings as any[])
    )
    const stored = rows.map(({ id, provider, event_key: eventKey, deliveries }) => {
      const key = keyOf({ provider, eventKey })
      return { key, id, isRepeated: deliveries > counts.get(key)! }
    })
    const eventIds = stored.filter(({ isRepeated }) => !isRepeated).map(({ id }) => id)
    if (eventIds.length > 0) await enqueue(trx, ProcessWebhooks, { eventIds })
    return new Map(stored.map(({ key, ...one }) => [key, one]))
  })
}

const rowOf = ({ provider, eventKey, body, ip, receivedAt }: NewWebhook, deliveries: number) => [
  ...[provider, eventKey, body, deliveries, ip, receivedAt, receivedAt],
]
