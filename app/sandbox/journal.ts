/** The method's part in Telegram's limits: what sends or edits counts, the rest does not. */
export const METHOD_CLASSES = ['send', 'answer', 'delete', 'get', 'other'] as const
export type MethodClass = (typeof METHOD_CLASSES)[number]

export function methodClass(method: string): MethodClass {
  if (/^(send(?!chataction)|copy|forward|edit)/i.test(method)) return 'send'
  if (/^answer/i.test(method)) return 'answer'
  if (/^delete(message|messages)$/i.test(method)) return 'delete'
  return /^get/i.test(method) ? 'get' : 'other'
}

/** Outcomes beside HTTP status codes. */
export const PENDING = 0
export const DROPPED_BEFORE = 1
export const DROPPED_AFTER = 2

export interface JournalEntry {
  seq: number
  /** milliseconds on a monotonic clock, taken when the request's head arrived */
  at: number
  method: string
  chat_id: number
  /** HTTP status, or `pending`, `dropped_before`, `dropped_after` */
  outcome: number | string
  /** what the request made, 0 when nothing */
  message_id: number
}

export interface JournalFilter {
  method?: string
  class?: MethodClass
  chatId?: number
  since?: number
  limit?: number
}

/** Every Bot API request with its time of arrival, in flat arrays: a million entries are some 30 MB. */
export class Journal {
  #at: Float64Array
  #chat: Float64Array
  #message: Int32Array
  #method: Uint16Array
  #outcome: Uint16Array
  #methods: string[] = []
  #seq = 0
  /** entries before this one were cleared */
  #base = 0
  #outcomes = new Map<string, number>()

  constructor(readonly capacity: number) {
    this.#at = new Float64Array(capacity)
    this.#chat = new Float64Array(capacity)
    this.#message = new Int32Array(capacity)
    this.#method = new Uint16Array(capacity)
    this.#outcome = new Uint16Array(capacity)
  }

  /** Notes an arrival and answers its number for `close`. */
  open(at: number, method: string): number {
    const slot = this.#seq % this.capacity
    this.#at[slot] = at
    this.#method[slot] = this.#methodNumber(method)
    this.#chat[slot] = 0
    this.#message[slot] = 0
    this.#outcome[slot] = PENDING
    return this.#seq++
  }

  close(seq: number, outcome: number, chatId: number, messageId = 0): void {
    if (seq < this.#base) return
    const counter = `${this.#methods[this.#method[seq % this.capacity]]}:${outcomeName(outcome)}`
    this.#outcomes.set(counter, (this.#outcomes.get(counter) ?? 0) + 1)
    if (seq < this.#seq - this.capacity) return
    const slot = seq % this.capacity
    this.#outcome[slot] = outcome
    this.#chat[slot] = chatId
    this.#message[slot] = messageId
  }

  get total(): number {
    return this.#seq - this.#base
  }

  /** Oldest first; with a limit, the last so many that match. */
  entries(filter: JournalFilter = {}): JournalEntry[] {
    const found: JournalEntry[] = []
    const first = Math.max(this.#first, filter.since ?? 0)
    for (let seq = this.#seq - 1; seq >= first && found.length < (filter.limit ?? Infinity); seq--) {
      const entry = this.#entry(seq)
      if (this.#matches(entry, filter)) found.push(entry)
    }
    return found.reverse()
  }

  /** How many of each method ended how: `{"sendMessage": {"200": 12}}`. */
  counters(): Record<string, Record<string, number>> {
    const counters: Record<string, Record<string, number>> = {}
    for (const [key, count] of this.#outcomes) {
      const [method, outcome] = key.split(':')
      counters[method] = { ...counters[method], [outcome]: count }
    }
    return counters
  }

  /** The most requests of a class (or of all) that arrived within any `windowMs`, by their times of arrival. */
  maxInAnyWindow(wanted?: MethodClass, windowMs = 1000): number {
    const times = this.#times(wanted)
    let max = 0
    let start = 0
    for (let end = 0; end < times.length; end++) {
      while (times[end] - times[start] >= windowMs) start++
      max = Math.max(max, end - start + 1)
    }
    return max
  }

  /** Number of arrivals, span in ms between the first and the last, and arrivals a second over that span. */
  rate(wanted?: MethodClass): { count: number; spanMs: number; perSecond: number } {
    const times = this.#times(wanted)
    const spanMs = times.length > 1 ? times[times.length - 1] - times[0] : 0
    return { count: times.length, spanMs, perSecond: spanMs > 0 ? ((times.length - 1) * 1000) / spanMs : 0 }
  }

  clear(): void {
    this.#base = this.#seq
    this.#outcomes.clear()
  }

  get #first(): number {
    return Math.max(this.#base, this.#seq - this.capacity)
  }

  #times(wanted?: MethodClass): number[] {
    const classes = this.#methods.map((method) => methodClass(method))
    const times: number[] = []
    for (let seq = this.#first; seq < this.#seq; seq++) {
      const slot = seq % this.capacity
      if (!wanted || classes[this.#method[slot]] === wanted) times.push(this.#at[slot])
    }
    return times
  }

  #matches(entry: JournalEntry, filter: JournalFilter): boolean {
    if (filter.method && entry.method.toLowerCase() !== filter.method.toLowerCase()) return false
    if (filter.class && methodClass(entry.method) !== filter.class) return false
    return filter.chatId === undefined || entry.chat_id === filter.chatId
  }

  #entry(seq: number): JournalEntry {
    const slot = seq % this.capacity
    return {
      seq,
      at: this.#at[slot],
      method: this.#methods[this.#method[slot]],
      chat_id: this.#chat[slot],
      outcome: outcomeName(this.#outcome[slot]),
      message_id: this.#message[slot],
    }
  }

  #methodNumber(method: string): number {
    const known = this.#methods.indexOf(method)
    return known >= 0 ? known : this.#methods.push(method) - 1
  }
}

function outcomeName(outcome: number): number | string {
  return (
    { [PENDING]: 'pending', [DROPPED_BEFORE]: 'dropped_before', [DROPPED_AFTER]: 'dropped_after' }[outcome] ?? outcome
  )
}
