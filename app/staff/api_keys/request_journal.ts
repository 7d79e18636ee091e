import { createHash } from 'node:crypto'
import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import ApiRequest from '#staff/models/api_request'

const DAY_MS = 86_400_000
/** Longer than any request takes: one that was not answered by then was interrupted. */
const CLAIM_MS = 60_000

export interface KeyedRequest {
  apiKeyId: number
  /** As the program chose it. */
  key: string
  /** Method and path. */
  route: string
  body: Buffer
}

export type Begun =
  | { state: 'claimed'; request: ApiRequest }
  | { state: 'answered'; status: number; body: string }
  | { state: 'in_progress' }
  | { state: 'differs' }

/**
 * What programs asked for under an `Idempotency-Key`: for a day the same request is answered as it was the first time. One
 * that was interrupted may be made again: what it is called by (`actionKey`) stays, so that what had begun is not begun
 * a second time.
 */
@inject()
export class RequestJournal {
  constructor(private clock: Clock) {}

  async begin({ apiKeyId, key, route, body }: KeyedRequest): Promise<Begun> {
    const now = this.clock.now()
    const bodyHash = createHash('sha256').update(body).digest('hex')
    const isNew = await this.#insert({ apiKeyId, key, route, bodyHash }, now)
    const request = await ApiRequest.query().where({ apiKeyId, key }).first()
    if (!request) return { state: 'in_progress' }
    if (isNew) return { state: 'claimed', request }
    if (request.expiresAt <= now) return this.#renew(request, { route, bodyHash }, now)
    if (request.route !== route || request.bodyHash !== bodyHash) return { state: 'differs' }
    const { responseStatus: status, responseBody } = request
    if (status !== null) return { state: 'answered', status, body: responseBody! }
    return request.claimedUntil <= now ? this.#take(request, now) : { state: 'in_progress' }
  }

  /** Kept for whoever asks again. */
  async answer({ id, claimedUntil }: ApiRequest, status: number, body: string) {
    await ApiRequest.query()
      .where({ id, claimed_until: claimedUntil })
      .update({ response_status: status, response_body: body })
  }

  /** Nothing certain can be said: it may be asked again at once. */
  async release({ id, claimedUntil }: ApiRequest) {
    await ApiRequest.query()
      .where({ id, claimed_until: claimedUntil })
      .whereNull('response_status')
      .update({ claimed_until: this.clock.now() })
  }

  async #insert(row: { apiKeyId: number; key: string; route: string; bodyHash: string }, now: number) {
    const inserted = await db
      .knexQuery()
      .table('api_requests')
      .insert({
        api_key_id: row.apiKeyId,
        key: row.key,
        route: row.route,
        body_hash: row.bodyHash,
        claimed_until: now + CLAIM_MS,
        created_at: now,
        expires_at: now + DAY_MS,
      })
      .onConflict(['api_key_id', 'key'])
      .ignore()
      .returning('id')
    return inserted.length > 0
  }

  /** Its day is over: the key may name something new, which is called by something new. */
  async #renew(old: ApiRequest, { route, bodyHash }: { route: string; bodyHash: string }, now: number): Promise<Begun> {
    const [removed] = [await ApiRequest.query().where({ id: old.id, expires_at: old.expiresAt }).delete()].flat()
    if (Number(removed) !== 1) return { state: 'in_progress' }
    const { apiKeyId, key } = old
    const isMine = await this.#insert({ apiKeyId, key, route, bodyHash }, now)
    const request = await ApiRequest.query().where({ apiKeyId, key }).first()
    return isMine && request ? { state: 'claimed', request } : { state: 'in_progress' }
  }

  /** Whoever moves the moment makes it again. */
  async #take(request: ApiRequest, now: number): Promise<Begun> {
    const claimedUntil = now + CLAIM_MS
    const changed = await ApiRequest.query()
      .where({ id: request.id, claimed_until: request.claimedUntil })
      .whereNull('response_status')
      .update({ claimed_until: claimedUntil })
    if (Number([changed].flat()[0]) !== 1) return { state: 'in_progress' }
    return { state: 'claimed', request: request.merge({ claimedUntil }) }
  }
}
