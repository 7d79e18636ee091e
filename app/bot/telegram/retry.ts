import { setTimeout as sleep } from 'node:timers/promises'
import { GrammyError } from 'grammy'
import type { Logger } from '@adonisjs/core/logger'

const MINUTE_MS = 60_000

/** The token is not (or no longer) a bot's: nothing helps but a person. */
export const isUnauthorised = (error: unknown) =>
  error instanceof GrammyError && (error.error_code === 401 || error.error_code === 404)

/** Milliseconds until it is worth trying again. */
export function delayAfter(error: unknown, failures: number): number {
  if (isUnauthorised(error)) return MINUTE_MS
  const retryAfter = error instanceof GrammyError ? error.parameters.retry_after : undefined
  return retryAfter ? retryAfter * 1000 : Math.min(500 * 2 ** failures, 30_000)
}

export async function pause(ms: number, signal: AbortSignal) {
  await sleep(ms, undefined, { signal }).catch(() => {})
}

/** Says it once in words that help, whatever Telegram said. */
export function explain(logger: Logger, what: string, error: unknown) {
  if (isUnauthorised(error)) {
    logger.error(
      'Telegram does not accept TELEGRAM_BOT_TOKEN: check it with @BotFather and restart. The bot is silent.'
    )
    return
  }
  logger.warn({ err: error }, `Telegram: ${what} failed; trying again`)
}

/** Repeats until it succeeds; null when told to stop. */
export async function persist<T>(
  what: string,
  logger: Logger,
  signal: AbortSignal,
  work: () => Promise<T>
): Promise<T | null> {
  for (let failures = 0; !signal.aborted; failures++) {
    try {
      return await work()
    } catch (error) {
      if (signal.aborted) break
      explain(logger, what, error)
      await pause(delayAfter(error, failures), signal)
    }
  }
  return null
}
