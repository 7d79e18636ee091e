import { ApiError, ControlError, forbidden, tooManyRequests, badRequest } from '#sandbox/errors'

export const FAULT_KINDS = [
  'too_many_requests',
  'forbidden',
  'bad_request',
  'server_error',
  'slow',
  'drop_before',
  'drop_after',
] as const
export type FaultKind = (typeof FAULT_KINDS)[number]

export interface FaultRule {
  id: number
  kind: FaultKind
  /** 0-1, how many of the matching requests it hits; default 1 */
  probability: number
  /** how often it still strikes; null means until it is removed */
  remaining: number | null
  /** Bot API methods (`sendMessage`) or classes (`send*`); empty means all */
  methods: string[]
  /** chat ids; empty means all */
  chats: number[]
  /** seconds, for too_many_requests */
  retryAfter: number
  /** the refusal's words behind its prefix, where the default does not do */
  description?: string
  /** HTTP status of server_error */
  status: number
  /** milliseconds, for slow */
  delayMs: number
  /** up to so many milliseconds more, for slow */
  jitterMs: number
  /** how often it has struck */
  hits: number
}

export type NewFault = { kind: FaultKind; count?: number | null } & Partial<
  Omit<FaultRule, 'id' | 'kind' | 'hits' | 'remaining'>
>

export interface Strike {
  /** close the connection without any effect */
  dropBefore: boolean
  /** do what was asked, then close the connection without an answer */
  dropAfter: boolean
  /** answer so late, in milliseconds; the effect is not delayed */
  delayMs: number
  error?: ApiError
}

const CALM: Strike = { dropBefore: false, dropAfter: false, delayMs: 0 }

/** Rules that make the server misbehave. The first matching refusal or drop strikes; delays add up. */
export class Faults {
  #rules: FaultRule[] = []
  #nextId = 1

  /** `random` answers 0-1; a seeded one makes a run repeatable. */
  constructor(
    readonly onChange: () => void = () => {},
    public random: () => number = Math.random
  ) {}

  add(fault: NewFault): FaultRule {
    if (!FAULT_KINDS.includes(fault.kind)) {
      throw new ControlError(422, `Unknown fault "${fault.kind}": it is one of ${FAULT_KINDS.join(', ')}.`)
    }
    if (fault.probability !== undefined && !(fault.probability >= 0 && fault.probability <= 1)) {
      throw new ControlError(422, 'The probability of a fault lies between 0 and 1.')
    }
    const { count, ...fields } = fault
    const rule: FaultRule = {
      probability: 1,
      methods: [],
      chats: [],
      retryAfter: 3,
      status: 500,
      delayMs: 1000,
      jitterMs: 0,
      ...fields,
      remaining: count ?? null,
      id: this.#nextId++,
      hits: 0,
    }
    this.#rules.push(rule)
    this.onChange()
    return rule
  }

  /** Replaces all rules by these. */
  set(...faults: NewFault[]): FaultRule[] {
    this.#rules = []
    return faults.map((fault) => this.add(fault))
  }

  remove(id: number): void {
    this.#rules = this.#rules.filter((rule) => rule.id !== id)
    this.onChange()
  }

  clear(): void {
    this.#rules = []
    this.onChange()
  }

  list(): readonly FaultRule[] {
    return this.#rules
  }

  strike(method: string, chatId: number): Strike {
    if (this.#rules.length === 0) return CALM
    const strike: Strike = { ...CALM }
    for (const rule of this.#rules) {
      const decided = strike.dropBefore || strike.dropAfter || strike.error !== undefined
      if ((decided && rule.kind !== 'slow') || !this.#hits(rule, method, chatId)) continue
      applyRule(rule, strike, this.random)
    }
    return strike
  }

  #hits(rule: FaultRule, method: string, chatId: number): boolean {
    if (rule.remaining === 0) return false
    if (rule.methods.length > 0 && !rule.methods.some((pattern) => matches(pattern, method))) return false
    if (rule.chats.length > 0 && !rule.chats.includes(chatId)) return false
    if (rule.probability < 1 && this.random() >= rule.probability) return false
    if (rule.remaining !== null) rule.remaining--
    rule.hits++
    return true
  }
}

function matches(pattern: string, method: string): boolean {
  const [wanted, actual] = [pattern.toLowerCase(), method.toLowerCase()]
  return wanted.endsWith('*') ? actual.startsWith(wanted.slice(0, -1)) : actual === wanted
}

function applyRule(rule: FaultRule, strike: Strike, random: () => number): void {
  switch (rule.kind) {
    case 'slow':
      strike.delayMs += rule.delayMs + (rule.jitterMs > 0 ? random() * rule.jitterMs : 0)
      return
    case 'drop_before':
      strike.dropBefore = true
      return
    case 'drop_after':
      strike.dropAfter = true
      return
    case 'too_many_requests':
      strike.error = tooManyRequests(rule.retryAfter)
      return
    case 'forbidden':
      strike.error = forbidden(rule.description ?? 'bot was blocked by the user')
      return
    case 'bad_request':
      strike.error = badRequest(rule.description ?? 'chat not found')
      return
    case 'server_error':
      strike.error = new ApiError(
        rule.status,
        rule.description ?? SERVER_ERRORS[rule.status] ?? 'Internal Server Error'
      )
  }
}

const SERVER_ERRORS: Record<number, string> = {
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
}

/** A small repeatable generator (mulberry32) for runs that must strike alike. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
