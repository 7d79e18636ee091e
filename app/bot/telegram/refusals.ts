import { GrammyError, HttpError } from 'grammy'
import type { ApiResponse } from 'grammy/types'
import { TelegramPaused } from '#core/contracts/telegram_pace'

const GONE = /bot was blocked|user is deactivated|chat not found|can't initiate conversation/
const NOT_MODIFIED = /message is not modified/
const NOT_EDITABLE =
  /can't be edited|message to edit not found|no (?:text|media) in the message to edit|MESSAGE_ID_INVALID/
const STALE_FILE = /file_?id|file identifier|file reference|wrong file/i
const TOO_MANY_REQUESTS = 429
const TOO_OLD = /query is too old/

const says = (error: unknown, pattern: RegExp): error is GrammyError =>
  error instanceof GrammyError && pattern.test(error.description)

/** Nobody is there who could read it. */
export const isGone = (error: unknown): error is GrammyError => says(error, GONE)

/** The message shows that already. */
export const isNotModified = (error: unknown) => says(error, NOT_MODIFIED)

/** The message can't become that: a new one can. */
export const isNotEditable = (error: unknown) => says(error, NOT_EDITABLE)

/** Telegram knows the file by that name no more. */
export const isStaleFile = (error: unknown) => says(error, STALE_FILE)

/** A press can be answered for a short while only. */
export const isTooOld = (error: unknown) => says(error, TOO_OLD)

/** Milliseconds for which Telegram wants to hear nothing, when that is its answer; null otherwise. */
export function silenceIn(answer: ApiResponse<unknown>): number | null {
  if (answer.ok || answer.error_code !== TOO_MANY_REQUESTS) return null
  return (answer.parameters?.retry_after ?? 1) * 1000
}

/** The same of a call that failed or was not made for that reason. */
export function silenceAskedBy(error: unknown): number | null {
  const cause = error instanceof HttpError ? error.error : error
  if (cause instanceof TelegramPaused) return cause.retryAfterMs
  return error instanceof GrammyError ? silenceIn(error) : null
}

/** Telegram or the way to it failed; the same call may succeed later. */
export const isPassing = (error: unknown) =>
  error instanceof HttpError || (error instanceof GrammyError && error.error_code >= 500)
