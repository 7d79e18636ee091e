import { ApiError, ControlError, forbidden, tooManyRequests, badRequest } from '#sandbox/errors'
import { checkFault, type FaultKind, type WebhookFaultKind, WEBHOOK_KINDS } from '#sandbox/fault_kinds'
import type { ServiceName } from '#sandbox/services/names'

export interface FaultRule {
  id: number
  /** whom it befalls */
  service: ServiceName
  kind: FaultKind
  /** 0-1, how many of the matching requests it hits; default 1 */
  probability: number
  /** how often it still strikes; null means until it is removed */
  remaining: number | null
  /** methods (`sendMessage`), classes (`send*`), or for webhooks what they tell (`paid`); empty means all */
  methods: string[]
  /** chat ids; empty means all */
  chats: number[]
  /** seconds, for too_many_requests */
  retryAfter: number
  /** the refusal's words behind its prefix, where the default does not do */
  description?: string
  /** HTTP status of server_error */
  status: number
  /** milliseconds, for slow and what else is late */
  delayMs: number
  /** up to so many milliseconds more, for slow */
  jitterMs: number
  /** blocks or logs, where a node has a limit or lags */
  limit: number
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
  /** do what was asked and never answer */
  silent: boolean
  error?: ApiError
}

/** What befalls one webhook of a payment provider. */
export interface WebhookStrike {
  lost: boolean
  duplicate: boolean
  reorder: boolean
  delayMs: number
  wrongSignature: boolean
  wrongAmount: boolean
  /** the kinds that struck */
  names: WebhookFaultKind[]
}

const CALM: Strike = { dropBefore: false, dropAfter: false, silent: false, delayMs: 0 }

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
    checkFault(fault.service ?? 'telegram', fault.kind)
    if (fault.probability !== undefined && !(fault.probability >= 0 && fault.probability <= 1)) {
      throw new ControlError(422, 'The probability of a fault lies between 0 and 1.')
    }
    const { count, ...fields } = fault
    const rule: FaultRule = {
      service: 'telegram',
      probability: 1,
      methods: [],
      chats: [],
      retryAfter: 3,
      status: 500,
      delayMs: 1000,
      jitterMs: 0,
      limit: 10,
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

  strike(method: string, chatId: number, service: ServiceName = 'telegram'): Strike {
    if (this.#rules.length === 0) return CALM
    const strike: Strike = { ...CALM }
    for (const rule of this.#rules) {
      if (rule.service !== service || !(rule.kind in APPLY)) continue
      const decided = strike.dropBefore || strike.dropAfter || strike.silent || strike.error !== undefined
      if ((decided && rule.kind !== 'slow') || !this.#hits(rule, method, chatId)) continue
      APPLY[rule.kind]!(rule, strike, this.random)
    }
    return strike
  }

  /** What befalls a webhook that tells `event`. */
  strikeWebhook(service: ServiceName, event: string): WebhookStrike {
    const struck = this.#rules.filter(
      (rule) => rule.service === service && isWebhookKind(rule.kind) && this.#hits(rule, event, 0)
    )
    const names = struck.map(({ kind }) => kind as WebhookFaultKind)
    return {
      lost: names.includes('webhook_lost'),
      duplicate: names.includes('webhook_duplicate'),
      reorder: names.includes('webhook_reorder'),
      delayMs: struck.reduce((sum, { kind, delayMs }) => (kind === 'webhook_delay' ? sum + delayMs : sum), 0),
      wrongSignature: names.includes('webhook_wrong_signature'),
      wrongAmount: names.includes('webhook_wrong_amount'),
      names,
    }
  }

  /** The rule, if one of a kind that only this service knows strikes now. */
  take(service: ServiceName, kind: FaultKind, method = ''): FaultRule | undefined {
    return this.#rules.find((rule) => rule.service === service && rule.kind === kind && this.#hits(rule, method, 0))
  }

  #hits(rule: FaultRule, method: string, chatId: number): boolean {
    if (rule.remaining === 0) return false
    if (rule.methods.length > 0 && method && !rule.methods.some((pattern) => matches(pattern, method))) return false
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

type Effect = (rule: FaultRule, strike: Strike, random: () => number) => void

const APPLY: Partial<Record<FaultKind, Effect>> = {
  slow(rule, strike, random) {
    strike.delayMs += rule.delayMs + (rule.jitterMs > 0 ? random() * rule.jitterMs : 0)
  },
  drop_before(_, strike) {
    strike.dropBefore = true
  },
  drop_after(_, strike) {
    strike.dropAfter = true
  },
  timeout(_, strike) {
    strike.silent = true
  },
  too_many_requests(rule, strike) {
    strike.error = tooManyRequests(rule.retryAfter)
  },
  forbidden(rule, strike) {
    strike.error = forbidden(rule.description ?? 'bot was blocked by the user')
  },
  bad_request(rule, strike) {
    strike.error = badRequest(rule.description ?? 'chat not found')
  },
  server_error({ status, description }, strike) {
    strike.error = new ApiError(status, description ?? SERVER_ERRORS[status] ?? 'Internal Server Error')
  },
}

function isWebhookKind(kind: FaultKind): kind is WebhookFaultKind {
  return (WEBHOOK_KINDS as readonly string[]).includes(kind)
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
