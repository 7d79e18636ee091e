import type { Api } from 'grammy'
import type { Logger } from '@adonisjs/core/logger'
import type { ErrorReporter } from '#core/contracts/error_reporter'
import type { AnswerStore, ClaimedAnswer, OwedCall } from '#bot/answers/answer_store'
import { isGone, isNotEditable, isNotModified, isPassing, silenceAskedBy } from '#bot/telegram/refusals'
import { delayAfter } from '#bot/telegram/retry'

/** Longer than a call may take: ten seconds for its slot, a minute for Telegram. */
const CLAIM_MS = 75_000
const CONCURRENCY = 20
const MAX_ATTEMPTS = 8

export interface AnswerDeliveryParts {
  api: Api
  store: AnswerStore
  /** The person whose chat it is can't be reached any more. */
  markUnreachable(telegramId: number, reason: string): Promise<void>
  errors: ErrorReporter
  logger: Logger
}

/** Says what is owed as soon as Telegram listens again: chat by chat in order, different chats in parallel. */
export class AnswerDelivery {
  readonly #active = new Map<number, Promise<void>>()
  #timer?: NodeJS.Timeout
  #isStopping = false

  constructor(
    private readonly parts: AnswerDeliveryParts,
    private readonly sweepEveryMs = 1000
  ) {}

  start() {
    this.#timer = setInterval(() => this.#sweep(), this.sweepEveryMs)
  }

  /** Begins nothing new and waits for what is in hand. */
  async stop() {
    this.#isStopping = true
    clearInterval(this.#timer)
    await Promise.all(this.#active.values())
  }

  async #sweep() {
    try {
      const chats = await this.parts.store.dueChats(CONCURRENCY)
      for (const chatId of chats) this.#begin(chatId)
    } catch (error) {
      this.parts.logger.error({ err: error }, 'Owed answers could not be read; trying again')
    }
  }

  #begin(chatId: number) {
    if (this.#isStopping || this.#active.has(chatId) || this.#active.size >= CONCURRENCY) return
    const work = this.#workOn(chatId).finally(() => this.#active.delete(chatId))
    this.#active.set(chatId, work)
  }

  async #workOn(chatId: number) {
    try {
      while (!this.#isStopping) {
        const answer = await this.parts.store.claim(chatId, CLAIM_MS)
        if (!answer) return
        await this.#deliver(answer)
      }
    } catch (error) {
      this.parts.logger.error({ err: error, chatId }, 'An owed answer could not be delivered; trying again')
    }
  }

  async #deliver(answer: ClaimedAnswer) {
    const { store, errors } = this.parts
    try {
      await this.#say(answer)
      await store.remove(answer.id)
    } catch (error) {
      const silenceMs = silenceAskedBy(error)
      if (silenceMs !== null) return store.postpone(answer.id, silenceMs)
      if (isGone(error)) return this.#forget(answer.chatId, error.description)
      if (isPassing(error) && answer.attempts < MAX_ATTEMPTS) {
        return store.retry(answer.id, delayAfter(error, answer.attempts))
      }
      errors.report(error, isPassing(error) ? 'network' : 'system', { chatId: answer.chatId, method: answer.method })
      await store.remove(answer.id)
    }
  }

  /** A screen whose message has become another meanwhile comes as a new one, as it would have at once. */
  async #say(answer: OwedCall) {
    try {
      await this.#call(answer)
    } catch (error) {
      if (isNotModified(error)) return
      if (answer.method !== 'editMessageText' || !isNotEditable(error)) throw error
      const { message_id: replaced, ...payload } = answer.payload as Record<string, unknown>
      await this.#call({ method: 'sendMessage', payload })
    }
  }

  #call({ method, payload }: OwedCall): Promise<unknown> {
    const raw = this.parts.api.raw as unknown as Record<string, (payload: object) => Promise<unknown>>
    return raw[method](payload)
  }

  async #forget(chatId: number, reason: string) {
    await this.parts.markUnreachable(chatId, reason)
    await this.parts.store.forget(chatId)
  }
}
