import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import { Clock } from '#core/clock'
import { Alerts } from '#core/contracts/alerts'
import { TelegramGateway } from '#core/contracts/telegram_gateway'
import { TelegramPace } from '#core/contracts/telegram_pace'
import { ChatNotes } from '#notifications/pace/chat_notes'
import { backoffMs, MAX_ATTEMPTS } from '#notifications/sender/backoff'
import { callFor } from '#notifications/sender/call'
import type { AttemptedRow } from '#notifications/sender/lane_queue'
import { Outage } from '#notifications/sender/outage'
import { readFailure, type Failure } from '#notifications/sender/outcome'
import { PaidMode } from '#notifications/sender/paid_mode'
import { Photos } from '#notifications/sender/photos'
import { resultOf, waitingStatus, type RowResult } from '#notifications/sender/result'

export interface Delivered {
  result: RowResult
  /** Nothing at all is to be sent for so long. */
  silenceMs: number
}

/** Rows already in the paid lane go back. */
const CHANGE_OF_LANE_MS = 1
const UNAUTHORISED_SILENCE_MS = 30_000
const TIMEOUT_MS = 30_000
const UPLOAD_TIMEOUT_MS = 120_000

/** One call to Telegram and what its outcome means. */
@inject()
export class Delivery {
  readonly #outage = new Outage()

  constructor(
    private readonly clock: Clock,
    private readonly telegram: TelegramGateway,
    private readonly pace: TelegramPace,
    private readonly chats: ChatNotes,
    private readonly photos: Photos,
    private readonly paid: PaidMode,
    private readonly alerts: Alerts,
    private readonly logger: Logger
  ) {}

  async deliver(item: AttemptedRow, signal: AbortSignal): Promise<Delivered> {
    const { row, message, source } = item
    try {
      const { method, payload } = callFor(row, message, source, item.lane === 'paid')
      const timeoutMs = source?.kind === 'upload' ? UPLOAD_TIMEOUT_MS : TIMEOUT_MS
      const answer = await this.telegram.call<{ message_id?: number }>(method, payload, { signal, timeoutMs })
      this.#outage.answered()
      if (source?.kind === 'upload') await this.#keepPhoto(item.photo!, answer)
      return { result: this.#sent(item, answer?.message_id ?? null), silenceMs: 0 }
    } catch (error) {
      if (source?.kind === 'upload') this.photos.notUploaded(item.photo!)
      const failure = readFailure(error, row, { paid: item.lane === 'paid', reused: source?.kind === 'stored' })
      return this.#failed(item, failure)
    }
  }

  /** The message has arrived: what fails here must not have it sent again. */
  async #keepPhoto(key: string, answer: unknown) {
    try {
      await this.photos.uploaded(key, answer)
    } catch (error) {
      this.photos.notUploaded(key)
      this.logger.error({ err: error, photo: key }, 'The identifier of an uploaded photo could not be stored')
    }
  }

  #sent({ row, attemptedAt }: AttemptedRow, messageId: number | null) {
    const sentAt = this.clock.now()
    return resultOf(row, { status: 'SENT', attempts: row.attempts + 1, sentAt, messageId, attemptedAt })
  }

  async #failed(item: AttemptedRow, failure: Failure): Promise<Delivered> {
    const { row } = item
    switch (failure.kind) {
      case 'done':
        return { result: this.#sent(item, null), silenceMs: 0 }
      case 'retry':
        return { result: this.#retry(item, failure.error), silenceMs: failure.outage ? this.#outage.failed(false) : 0 }
      case 'unsent':
        return { result: this.#again(item, failure.error), silenceMs: this.#outage.failed(true) }
      case 'unknown':
        return { result: this.#final(item, 'UNKNOWN', failure.error), silenceMs: this.#outage.failed(false) }
      case 'permanent':
        return { result: await this.#permanent(item, failure), silenceMs: 0 }
      case 'paused':
        return this.#paused(item, failure.retryAfter)
      case 'migrated':
        await this.chats.migrated(row.chatId, failure.to)
        return { result: { ...this.#again(item, null), chatId: failure.to }, silenceMs: 0 }
      case 'stale_photo':
        await this.photos.forget(item.photo!)
        return { result: this.#retry(item, failure.error, 0), silenceMs: 0 }
      case 'paid_refused':
        await this.paid.suspend(failure.error)
        return { result: this.#again(item, failure.error), silenceMs: CHANGE_OF_LANE_MS }
      case 'unauthorised':
        await this.#alert('critical', 'telegram:unauthorised', 'Telegram does not accept the bot token', failure.error)
        return { result: this.#again(item, failure.error), silenceMs: UNAUTHORISED_SILENCE_MS }
    }
  }

  async #paused(item: AttemptedRow, retryAfter: number): Promise<Delivered> {
    const { row } = item
    const ofGroup = row.chatId < 0
    await this.pace.pause(retryAfter, row.chatId)
    const scheduledAt = ofGroup ? this.clock.now() + retryAfter * 1000 : row.scheduledAt
    return { result: { ...this.#again(item, null), scheduledAt }, silenceMs: ofGroup ? 0 : retryAfter * 1000 }
  }

  async #permanent(item: AttemptedRow, { error, unreachable, bug }: Failure & { kind: 'permanent' }) {
    const { operation, type, id } = item.row
    if (bug) {
      const title = `Telegram refused to ${operation} a ${type} message as malformed`
      await this.#alert('warning', `telegram:refused:${type}:${error.slice(0, 60)}`, title, `row ${id}: ${error}`)
    }
    return { ...this.#final(item, 'PERMANENT_FAILURE', error), unreachable: unreachable ? error : null }
  }

  #retry(item: AttemptedRow, error: string, delayMs?: number) {
    const attempts = item.row.attempts + 1
    if (attempts >= MAX_ATTEMPTS) return this.#final(item, 'PERMANENT_FAILURE', `Given up after ${attempts}: ${error}`)
    const scheduledAt = this.clock.now() + (delayMs ?? backoffMs(attempts))
    return resultOf(item.row, { status: 'FAILED', attempts, scheduledAt, error })
  }

  /** Costs no attempt. */
  #again({ row }: AttemptedRow, error: string | null) {
    return resultOf(row, { status: waitingStatus(row), error })
  }

  #final({ row, attemptedAt }: AttemptedRow, status: 'UNKNOWN' | 'PERMANENT_FAILURE', error: string) {
    return resultOf(row, { status, attempts: row.attempts + 1, error, attemptedAt })
  }

  async #alert(severity: 'warning' | 'critical', fingerprint: string, title: string, answer: string) {
    await this.alerts.raise({ kind: 'telegram', severity, fingerprint, title, details: { answer } })
  }
}
