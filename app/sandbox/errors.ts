/** A refusal of the Bot API, with the words and numbers that Telegram answers. */
export class ApiError extends Error {
  constructor(
    readonly code: number,
    readonly description: string,
    readonly parameters?: { retry_after?: number; migrate_to_chat_id?: number }
  ) {
    super(description)
  }
}

/** Telegram lowers the first letter behind its prefix, except in codes such as BUTTON_DATA_INVALID. */
export function badRequest(reason: string): ApiError {
  const isCode = /^.[A-Z_]/.test(reason)
  return new ApiError(400, `Bad Request: ${isCode ? reason : reason[0].toLowerCase() + reason.slice(1)}`)
}

export function forbidden(reason: string): ApiError {
  return new ApiError(403, `Forbidden: ${reason}`)
}

export function conflict(reason: string): ApiError {
  return new ApiError(409, `Conflict: ${reason}`)
}

export function tooManyRequests(retryAfter: number): ApiError {
  return new ApiError(429, `Too Many Requests: retry after ${retryAfter}`, { retry_after: retryAfter })
}

/** A mistake of whoever drives the sandbox (a test, a bench, the page), not of the bot. */
export class ControlError extends Error {
  constructor(
    readonly status: number,
    message: string
  ) {
    super(message)
  }
}
