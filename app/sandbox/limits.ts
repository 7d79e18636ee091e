import { tooManyRequests } from '#sandbox/errors'

export interface LimitSettings {
  /** messages a second over all chats */
  perSecond: number
  /** messages a second over all chats with allow_paid_broadcast */
  paidPerSecond: number
  /** messages a second to one chat, on average */
  perChatPerSecond: number
  /** so many to one chat pass at once before the average counts */
  chatBurst: number
  /** messages a minute to one group */
  perGroupPerMinute: number
}

export const TELEGRAM_LIMITS: LimitSettings = {
  perSecond: 30,
  paidPerSecond: 1000,
  perChatPerSecond: 1,
  chatBurst: 3,
  perGroupPerMinute: 20,
}

interface Bucket {
  tokens: number
  at: number
}

/** Telegram's flood limits. Off unless switched on: most tests and benches measure without them. */
export class Limits {
  #settings?: LimitSettings
  #recent: number[] = []
  #recentPaid: number[] = []
  #chats = new Map<number, Bucket>()
  #groups = new Map<number, number[]>()

  get settings(): LimitSettings | undefined {
    return this.#settings
  }

  /** `true` means Telegram's own numbers; `false` switches them off. */
  configure(settings: boolean | Partial<LimitSettings>): void {
    this.#settings = settings === false ? undefined : { ...TELEGRAM_LIMITS, ...(settings === true ? {} : settings) }
    this.#recent = []
    this.#recentPaid = []
    this.#chats.clear()
    this.#groups.clear()
  }

  /** Counts a message, or throws 429 and counts nothing. `now` is in milliseconds on a monotonic clock. */
  admit(chatId: number, isGroup: boolean, isPaid: boolean, now: number): void {
    const settings = this.#settings
    if (!settings) return
    const recent = isPaid ? this.#recentPaid : this.#recent
    dropBefore(recent, now - 1000)
    if (recent.length >= (isPaid ? settings.paidPerSecond : settings.perSecond)) throw retryIn(recent[0] + 1000 - now)
    if (isGroup) this.#admitGroup(chatId, settings, now)
    else this.#admitChat(chatId, settings, now)
    recent.push(now)
  }

  #admitGroup(chatId: number, settings: LimitSettings, now: number): void {
    const times = this.#groups.get(chatId) ?? []
    dropBefore(times, now - 60_000)
    if (times.length >= settings.perGroupPerMinute) throw retryIn(times[0] + 60_000 - now)
    times.push(now)
    this.#groups.set(chatId, times)
  }

  #admitChat(chatId: number, settings: LimitSettings, now: number): void {
    const bucket = this.#chats.get(chatId) ?? { tokens: settings.chatBurst, at: now }
    const refilled = bucket.tokens + ((now - bucket.at) / 1000) * settings.perChatPerSecond
    const tokens = Math.min(settings.chatBurst, refilled)
    if (tokens < 1) throw retryIn(((1 - tokens) / settings.perChatPerSecond) * 1000)
    this.#chats.delete(chatId)
    this.#chats.set(chatId, { tokens: tokens - 1, at: now })
    this.#forgetFullBuckets(settings, now)
  }

  /** Buckets are kept in the order of their last use; the oldest are full again and need no memory. */
  #forgetFullBuckets(settings: LimitSettings, now: number): void {
    const fullAfter = (settings.chatBurst / settings.perChatPerSecond) * 1000
    for (const [chatId, { at }] of this.#chats) {
      if (now - at < fullAfter) return
      this.#chats.delete(chatId)
    }
  }
}

function dropBefore(times: number[], moment: number): void {
  let old = 0
  while (old < times.length && times[old] <= moment) old++
  if (old > 0) times.splice(0, old)
}

function retryIn(ms: number) {
  return tooManyRequests(Math.max(1, Math.ceil(ms / 1000)))
}
