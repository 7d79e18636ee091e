import type { Readable } from 'node:stream'

/** A file inside a call's payload: it goes out as a part of a multipart body, streamed. */
export class TelegramUpload {
  constructor(
    readonly filename: string,
    readonly contentType: string,
    readonly open: () => Promise<Readable>
  ) {}
}

/** The Bot API answered and said no. 5xx answers of the API itself arrive here too. */
export class TelegramRefusal extends Error {
  constructor(
    readonly method: string,
    readonly code: number,
    readonly description: string,
    /** Seconds, with code 429. */
    readonly retryAfter: number | null = null,
    /** The group became this supergroup. */
    readonly migrateToChatId: number | null = null
  ) {
    super(`Telegram refused ${method} with ${code}: ${description}`)
    this.name = 'TelegramRefusal'
  }
}

/** No answer of the Bot API: network, time-out, or a proxy between that spoke instead of it. */
export class TelegramUnreachable extends Error {
  constructor(
    readonly method: string,
    /** Bytes of the request may have left: Telegram may have carried it out. */
    readonly written: boolean,
    options: { cause?: unknown; detail: string }
  ) {
    super(`Telegram did not answer ${method}: ${options.detail}`, { cause: options.cause })
    this.name = 'TelegramUnreachable'
  }
}

export interface TelegramCallOptions {
  signal?: AbortSignal
  /** From the first byte written to the last byte read; 30 s unless told. */
  timeoutMs?: number
}

/** Calls methods of the Bot API: one request a call, never repeated, never paced (see TelegramPace). */
export abstract class TelegramGateway {
  /** Identifier of the bot that the token belongs to (a `file_id` is good for that bot alone); null without a token. */
  abstract readonly botId: number | null
  /** Throws TelegramRefusal or TelegramUnreachable; neither holds the token. */
  abstract call<T = unknown>(
    method: string,
    payload: Record<string, unknown>,
    options?: TelegramCallOptions
  ): Promise<T>
}
