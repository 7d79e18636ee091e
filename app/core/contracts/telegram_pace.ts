/** Telegram asked for silence that lasts longer than a caller should wait. */
export class TelegramPaused extends Error {
  constructor(readonly retryAfterMs: number) {
    super(`Telegram asked to wait ${Math.ceil(retryAfterMs / 1000)} s before the next call`)
    this.name = 'TelegramPaused'
  }
}

/**
 * The budget of calls that all processes share. send*, copy*, forward* and edit* count; answerCallbackQuery, get* and
 * delete* do not and must not ask here.
 */
export abstract class TelegramPace {
  /**
   * Waits for the next free slot, ahead of everything the sender has not yet reserved. The next outbox row for that
   * chat keeps its distance of a second. Throws TelegramPaused rather than wait for the end of a long pause.
   */
  abstract takeInteractive(chatId: number): Promise<void>
  /** A 429 pauses every call for that many seconds; one that a group (a negative chat) caused, that group alone. */
  abstract pause(retryAfter: number, chatId?: number): Promise<void>
}
