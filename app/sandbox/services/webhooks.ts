import type { SandboxClock } from '#sandbox/clock'
import { ControlError } from '#sandbox/errors'
import type { Faults, WebhookStrike } from '#sandbox/faults'
import type { Live } from '#sandbox/live'
import type { ServiceName } from '#sandbox/services/names'

export const WEBHOOK_VARIANTS = ['genuine', 'wrong_signature', 'wrong_amount'] as const
export type WebhookVariant = (typeof WEBHOOK_VARIANTS)[number]

export interface ComposedWebhook {
  body: string
  headers: Record<string, string>
}

export interface NewWebhook {
  service: ServiceName
  /** what it tells: `invoice_paid`, or a status of Heleket */
  event: string
  /** the invoice; webhooks about one go out in order unless a fault says otherwise */
  subject: string
  url: string
  compose: (variant: WebhookVariant) => ComposedWebhook
}

export interface WebhookAttempt {
  /** milliseconds since the epoch */
  at: number
  status?: number
  error?: string
}

export interface WebhookDelivery extends ComposedWebhook, Omit<NewWebhook, 'compose'> {
  id: number
  /** held: kept back by a fault; pending: on its way or to be tried again; failed: given up */
  state: 'held' | 'pending' | 'delivered' | 'lost' | 'failed'
  fault?: string
  attempts: WebhookAttempt[]
}

interface Timing {
  /** first pause before a refused webhook is tried again; doubles up to 64 times this */
  providerRetryMs: number
  /** how long a webhook that is to come out of order waits for the next one */
  providerHoldMs: number
  webhookTimeoutMs: number
}

/** Crypto Pay gives up after 17 tries in three days; here the pauses are shorter and the tries as many. */
const MAX_ATTEMPTS = 17
const MAX_BACKOFF_FACTOR = 64
const KEEP = 5000

/** Webhooks of payment providers on their way to the product, and what faults do to them. */
export class ProviderWebhooks {
  #deliveries: WebhookDelivery[] = []
  #nextId = 1
  #held = new Map<WebhookDelivery, NodeJS.Timeout>()
  #retries = new Set<NodeJS.Timeout>()
  #lastOfSubject = new Map<string, Promise<void>>()
  #onSettled = new Set<() => void>()

  constructor(
    readonly clock: SandboxClock,
    readonly faults: Faults,
    readonly live: Live,
    readonly timing: Timing
  ) {}

  send(webhook: NewWebhook): void {
    const strike = this.faults.strikeWebhook(webhook.service, webhook.event)
    const copies = Array.from({ length: strike.duplicate ? 2 : 1 }, () => this.#add(webhook, strike))
    for (const delivery of copies) this.#dispatch(delivery, strike)
    this.live.emit({ type: 'services' })
  }

  /** Sends one again as it was, whatever became of it. */
  resend(id: number): void {
    const { attempts, fault, ...original } = this.find(id)
    const copy: WebhookDelivery = { ...original, id: this.#nextId++, state: 'pending', attempts: [] }
    this.#deliveries.push(copy)
    this.#begin(copy)
  }

  find(id: number): WebhookDelivery {
    const delivery = this.#deliveries.find((candidate) => candidate.id === id)
    if (!delivery) throw new ControlError(404, `There is no webhook ${id}.`)
    return delivery
  }

  /** Oldest first. */
  list(service?: ServiceName): readonly WebhookDelivery[] {
    return service ? this.#deliveries.filter((delivery) => delivery.service === service) : this.#deliveries
  }

  /** Sends at once what faults hold back. */
  release(service?: ServiceName): void {
    for (const [delivery, timer] of [...this.#held]) {
      if (service && delivery.service !== service) continue
      clearTimeout(timer)
      this.#held.delete(delivery)
      delivery.state = 'pending'
      this.#begin(delivery)
    }
  }

  /** Ends when nothing is on its way, held back or to be tried again. */
  settled(timeoutMs = 10_000): Promise<void> {
    if (this.#isSettled()) return Promise.resolve()
    return new Promise((resolve, reject) => {
      const done = () => {
        clearTimeout(timer)
        this.#onSettled.delete(done)
        resolve()
      }
      const timer = setTimeout(() => {
        this.#onSettled.delete(done)
        const open = this.#deliveries.filter(isOpen).map(({ id, subject, event }) => `${id} (${event} of ${subject})`)
        reject(new ControlError(408, `Webhooks still under way after ${timeoutMs} ms: ${open.join(', ')}`))
      }, timeoutMs)
      this.#onSettled.add(done)
    })
  }

  clear(): void {
    for (const timer of [...this.#held.values(), ...this.#retries]) clearTimeout(timer)
    this.#held.clear()
    this.#retries.clear()
    this.#lastOfSubject.clear()
    this.#deliveries = []
    for (const done of [...this.#onSettled]) done()
  }

  #add({ compose, ...webhook }: NewWebhook, strike: WebhookStrike): WebhookDelivery {
    const variant = strike.wrongSignature ? 'wrong_signature' : strike.wrongAmount ? 'wrong_amount' : 'genuine'
    const delivery: WebhookDelivery = {
      ...webhook,
      ...compose(variant),
      id: this.#nextId++,
      state: 'pending',
      ...(strike.names.length > 0 && { fault: strike.names.join(', ') }),
      attempts: [],
    }
    this.#deliveries.push(delivery)
    if (this.#deliveries.length > KEEP) this.#deliveries.splice(0, this.#deliveries.length - KEEP)
    return delivery
  }

  #dispatch(delivery: WebhookDelivery, { lost, reorder, delayMs }: WebhookStrike): void {
    if (lost) delivery.state = 'lost'
    else if (reorder || delayMs > 0) this.#hold(delivery, delayMs || this.timing.providerHoldMs)
    else this.#begin(delivery, () => this.#releaseReordered(delivery))
  }

  #hold(delivery: WebhookDelivery, ms: number): void {
    delivery.state = 'held'
    const timer = setTimeout(() => {
      this.#held.delete(delivery)
      delivery.state = 'pending'
      this.#begin(delivery)
    }, ms)
    this.#held.set(delivery, timer)
  }

  /** What was to arrive late arrives after the next one. */
  #releaseReordered({ service }: WebhookDelivery): void {
    for (const delivery of [...this.#held.keys()]) {
      if (delivery.service !== service || !delivery.fault?.includes('webhook_reorder')) continue
      clearTimeout(this.#held.get(delivery))
      this.#held.delete(delivery)
      delivery.state = 'pending'
      this.#begin(delivery)
    }
  }

  /** The first attempt waits for that of the one before about the same invoice; further attempts wait for nobody. */
  #begin(delivery: WebhookDelivery, afterwards = () => {}): void {
    const key = `${delivery.service}:${delivery.subject}`
    const turn = (this.#lastOfSubject.get(key) ?? Promise.resolve()).then(() => this.#attempt(delivery))
    const ended = turn.then(afterwards).finally(() => {
      if (this.#lastOfSubject.get(key) === ended) this.#lastOfSubject.delete(key)
    })
    this.#lastOfSubject.set(key, ended)
  }

  async #attempt(delivery: WebhookDelivery): Promise<void> {
    const attempt: WebhookAttempt = { at: this.clock.now() }
    delivery.attempts.push(attempt)
    try {
      attempt.status = await this.#post(delivery)
    } catch (error) {
      attempt.error = failureText(error)
    }
    if (!this.#deliveries.includes(delivery)) return
    this.#conclude(delivery, attempt)
    this.live.emit({ type: 'services' })
    if (this.#isSettled()) for (const done of [...this.#onSettled]) done()
  }

  #conclude(delivery: WebhookDelivery, { status = 0 }: WebhookAttempt): void {
    if (status >= 200 && status < 300) delivery.state = 'delivered'
    else if (delivery.attempts.length >= MAX_ATTEMPTS) delivery.state = 'failed'
    else {
      const factor = Math.min(2 ** (delivery.attempts.length - 1), MAX_BACKOFF_FACTOR)
      const timer = setTimeout(() => {
        this.#retries.delete(timer)
        void this.#attempt(delivery)
      }, this.timing.providerRetryMs * factor)
      this.#retries.add(timer)
    }
  }

  async #post({ url, body, headers }: WebhookDelivery): Promise<number> {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(this.timing.webhookTimeoutMs),
    })
    await response.body?.cancel()
    return response.status
  }

  #isSettled(): boolean {
    return !this.#deliveries.some(isOpen)
  }
}

function isOpen({ state }: WebhookDelivery): boolean {
  return state === 'pending' || state === 'held'
}

function failureText(error: unknown): string {
  const { name, message, cause } = error as Error & { cause?: NodeJS.ErrnoException }
  if (name === 'TimeoutError') return 'no answer in time'
  return cause?.code ?? cause?.message ?? message
}
