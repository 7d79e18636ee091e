import { request as httpRequest, Agent as HttpAgent } from 'node:http'
import { request as httpsRequest, Agent as HttpsAgent } from 'node:https'
import type { SandboxClock } from '#sandbox/clock'
import type { Update, UpdatesQueue } from '#sandbox/updates_queue'

export interface Webhook {
  url: string
  secretToken: string
  maxConnections: number
}

export interface WebhookFailure {
  /** seconds since the epoch */
  date: number
  message: string
}

interface Timing {
  webhookRetryMs: number
  webhookTimeoutMs: number
}

interface Answer {
  status: number
  statusText: string
  contentType: string
  body: string
  retryAfterMs: number
}

/** A method call in the answer to a webhook; its result goes nowhere. */
export type OnReply = (method: string, contentType: string, body: string) => void

const MAX_BACKOFF_FACTOR = 64
const MAX_REPLY_BYTES = 1024 * 1024

/**
 * Delivers updates to the bot's webhook. Updates of one chat go one after the other, different chats in parallel up
 * to `maxConnections`. What is not answered with 2xx is tried again, each pause twice as long as the one before.
 */
export class WebhookSender {
  current?: Webhook
  lastFailure?: WebhookFailure
  onReply: OnReply = () => {}
  #busyChats = new Set<number>()
  #attempts = new Map<number, number>()
  #timers = new Set<NodeJS.Timeout>()
  #generation = 0
  #agents = { 'http:': new HttpAgent({ keepAlive: true }), 'https:': new HttpsAgent({ keepAlive: true }) }

  constructor(
    readonly updates: UpdatesQueue,
    readonly clock: SandboxClock,
    readonly timing: Timing
  ) {
    updates.onPush(() => this.#pump())
  }

  set(webhook: Webhook): void {
    this.#restart()
    this.current = webhook
    this.lastFailure = undefined
    this.#pump()
  }

  remove(): void {
    this.#restart()
    this.current = undefined
  }

  stop(): void {
    this.remove()
    this.#agents['http:'].destroy()
    this.#agents['https:'].destroy()
  }

  #restart(): void {
    this.#generation++
    this.#busyChats.clear()
    this.#attempts.clear()
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
  }

  #pump(): void {
    if (!this.current) return
    for (const { update, chatId } of this.updates.pending()) {
      if (this.#busyChats.size >= this.current.maxConnections) return
      if (this.#busyChats.has(chatId)) continue
      this.#busyChats.add(chatId)
      void this.#deliver(this.current, update, chatId)
    }
  }

  async #deliver(webhook: Webhook, update: Update, chatId: number): Promise<void> {
    const generation = this.#generation
    const outcome = await this.#attempt(webhook, update)
    if (generation !== this.#generation) return

    if (outcome.done) {
      this.updates.confirm(update.update_id)
      this.#attempts.delete(update.update_id)
      this.#free(chatId)
      return
    }
    this.lastFailure = { date: this.clock.seconds(), message: outcome.error }
    this.#after(outcome.retryAfterMs || this.#backOff(update.update_id), () => this.#free(chatId))
  }

  async #attempt(
    webhook: Webhook,
    update: Update
  ): Promise<{ done: true } | { done: false; error: string; retryAfterMs: number }> {
    try {
      const answer = await this.#post(webhook, JSON.stringify(update))
      if (answer.status >= 200 && answer.status < 300) {
        this.#passOnReply(answer)
        return { done: true }
      }
      const error = `Wrong response from the webhook: ${answer.status} ${answer.statusText}`
      return { done: false, error, retryAfterMs: answer.retryAfterMs }
    } catch (error) {
      return { done: false, error: failureText(error), retryAfterMs: 0 }
    }
  }

  #passOnReply({ contentType, body }: Answer): void {
    const method = contentType.includes('application/json') ? jsonMethod(body) : formMethod(contentType, body)
    if (method) this.onReply(method, contentType, body)
  }

  #backOff(updateId: number): number {
    const attempt = this.#attempts.get(updateId) ?? 0
    this.#attempts.set(updateId, attempt + 1)
    return this.timing.webhookRetryMs * Math.min(2 ** attempt, MAX_BACKOFF_FACTOR)
  }

  #free(chatId: number): void {
    this.#busyChats.delete(chatId)
    this.#pump()
  }

  #after(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      act()
    }, ms)
    this.#timers.add(timer)
  }

  #post(webhook: Webhook, body: string): Promise<Answer> {
    const url = new URL(webhook.url)
    const protocol = url.protocol === 'https:' ? 'https:' : 'http:'
    const send = protocol === 'https:' ? httpsRequest : httpRequest
    return new Promise((resolve, reject) => {
      const request = send(
        url,
        {
          method: 'POST',
          agent: this.#agents[protocol],
          headers: {
            'Content-Type': 'application/json',
            'Content-Length': Buffer.byteLength(body),
            ...(webhook.secretToken && { 'X-Telegram-Bot-Api-Secret-Token': webhook.secretToken }),
          },
          signal: AbortSignal.timeout(this.timing.webhookTimeoutMs),
        },
        (response) => {
          const chunks: Buffer[] = []
          let size = 0
          response.on('data', (chunk: Buffer) => {
            if ((size += chunk.length) <= MAX_REPLY_BYTES) chunks.push(chunk)
          })
          response.on('error', reject)
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              statusText: response.statusMessage ?? '',
              contentType: response.headers['content-type'] ?? '',
              body: Buffer.concat(chunks).toString(),
              retryAfterMs: 1000 * Math.max(0, Number(response.headers['retry-after']) || 0),
            })
          )
        }
      )
      request.on('error', reject)
      request.end(body)
    })
  }
}

function jsonMethod(body: string): string | undefined {
  try {
    const call: unknown = JSON.parse(body)
    return typeof call === 'object' && call !== null && 'method' in call ? String(call.method) : undefined
  } catch {
    return undefined
  }
}

function formMethod(contentType: string, body: string): string | undefined {
  if (!contentType.includes('application/x-www-form-urlencoded')) return undefined
  return new URLSearchParams(body).get('method') ?? undefined
}

/** Failures in the words of getWebhookInfo. */
function failureText(error: unknown): string {
  const { code, name, message } = error as NodeJS.ErrnoException
  if (code === 'ECONNREFUSED') return 'Connection refused'
  if (name === 'TimeoutError' || name === 'AbortError') return 'Read timeout expired'
  if (code === 'ECONNRESET') return 'Connection reset by peer'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'Failed to resolve host: Name or service not known'
  return message
}
