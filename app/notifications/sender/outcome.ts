import { TelegramRefusal, TelegramUnreachable } from '#core/contracts/telegram_gateway'
import { UnreadableUpload } from '#notifications/telegram/multipart'
import { isSentOnce, type ClaimedRow } from '#notifications/sender/claimed_row'

/** What a call that failed means for its row and for the sender. */
export type Failure =
  /** The aim is reached all the same. */
  | { kind: 'done' }
  | { kind: 'retry'; error: string; outage: boolean }
  /** Nothing left this machine: costs no attempt. */
  | { kind: 'unsent'; error: string }
  | { kind: 'unknown'; error: string }
  /** `unreachable`: the customer can't be written to. `bug`: our own mistake, admins are told. */
  | { kind: 'permanent'; error: string; unreachable: boolean; bug: boolean }
  | { kind: 'paused'; retryAfter: number }
  | { kind: 'migrated'; to: number }
  /** The stored file_id is good no more. */
  | { kind: 'stale_photo'; error: string }
  | { kind: 'paid_refused'; error: string }
  /** The token is wrong or was revoked: no row's fault. */
  | { kind: 'unauthorised'; error: string }

/** `paid`: the call carried allow_paid_broadcast. `reused`: it named its photo by a stored file_id. */
export function readFailure(error: unknown, row: ClaimedRow, { paid = false, reused = false } = {}): Failure {
  if (error instanceof TelegramRefusal) return readRefusal(error, row, paid, reused)
  if (error instanceof TelegramUnreachable) {
    if (!error.written) return { kind: 'unsent', error: error.message }
    if (isSentOnce(row)) return { kind: 'unknown', error: error.message }
    return { kind: 'retry', error: error.message, outage: true }
  }
  const message = error instanceof Error ? error.message : String(error)
  if (isSentOnce(row) && !(error instanceof UnreadableUpload)) return { kind: 'unknown', error: message }
  return { kind: 'retry', error: message, outage: false }
}

const GONE = /chat not found|user not found|PEER_ID_INVALID|user is deactivated/i
const NOT_MODIFIED = /message is not modified/i
const ALREADY_DELETED = /message to delete not found|message identifier is not specified/i
const TOO_LATE = /message (to edit not found|can't be edited|can't be deleted)/i
const STALE_FILE = /file_?id|file identifier|file reference|wrong file/i
const NO_STARS = /paid|stars|balance/i

function readRefusal(refusal: TelegramRefusal, row: ClaimedRow, paid: boolean, reused: boolean): Failure {
  const { code, description } = refusal
  const error = `${code}: ${description}`
  if (refusal.migrateToChatId !== null) return { kind: 'migrated', to: refusal.migrateToChatId }
  if (code === 429) return { kind: 'paused', retryAfter: refusal.retryAfter ?? 1 }
  if (code === 401 || code === 404) return { kind: 'unauthorised', error }
  if (code >= 500) return { kind: 'retry', error, outage: true }
  if (paid && NO_STARS.test(description)) return { kind: 'paid_refused', error }
  if (reused && STALE_FILE.test(description)) return { kind: 'stale_photo', error }
  if (row.operation === 'edit' && NOT_MODIFIED.test(description)) return { kind: 'done' }
  if (row.operation === 'delete' && ALREADY_DELETED.test(description)) return { kind: 'done' }

  const unreachable = code === 403 || GONE.test(description)
  const expected = unreachable || (row.operation !== 'send' && TOO_LATE.test(description))
  return { kind: 'permanent', error, unreachable, bug: !expected }
}
