import { Context } from 'grammy'
import { languageOf, type Language } from '#customers/languages'
import type Customer from '#customers/models/customer'
import type Admin from '#staff/models/admin'
import { AdminByTelegramQuery } from '#staff/queries/admin_by_telegram_query'
import type { BotDependencies, Makeable } from '#bot/dependencies'
import type { Screen } from '#bot/screens/screen'
import { editInto, mayEdit, removePhoto, send } from '#bot/screens/show_screen'
import type { BotSession } from '#bot/sessions/bot_session'
import { isTooOld } from '#bot/telegram/refusals'
import type { TextParams } from '#bot/texts/texts'

/** One update with everything a feature needs to answer it. Middleware fills it in the order of `bot.ts`. */
export class BotContext extends Context {
  deps!: BotDependencies
  customer!: Customer
  session!: BotSession
  isCallbackAnswered = false
  /** What was to be said now is said later: Telegram asks for silence. */
  isAnswerOwed = false
  cachedAdmin?: Promise<Admin | null>

  get locale(): Language {
    return this.customer?.language ?? languageOf(this.from?.language_code)
  }

  /** Names the cause of a money action, so that the same update never moves money twice. */
  idempotencyKey(purpose: string) {
    return `telegram:${this.me.id}:${this.update.update_id}:${purpose}`
  }

  make<T>(maker: Makeable<T>): Promise<T> {
    return this.deps.make(maker)
  }

  /** Telegram HTML with escaped parameters. */
  t(key: string, params?: TextParams) {
    return this.deps.texts.html(this.locale, key, params)
  }

  /** Plain text for buttons and toasts. */
  label(key: string, params?: TextParams) {
    return this.deps.texts.plain(this.locale, key, params)
  }

  /** The admin who linked this account, if it is one; asked once for each update. */
  admin(): Promise<Admin | null> {
    this.cachedAdmin ??= this.make(AdminByTelegramQuery).then((query) => query.handle(this.from!.id))
    return this.cachedAdmin
  }

  /**
   * Turns the message below which the button was pressed into the screen, or sends the screen as a new message.
   * Answers which message it is. `inPlace` replaces a notice too: one that shows the same thing in another state.
   */
  async show(screen: Screen, { inPlace = false } = {}): Promise<number> {
    const pressed = mayEdit(this, inPlace)
    if (pressed && (await editInto(this, pressed, screen))) return pressed.message_id
    const sent = await send(this, screen)
    if (pressed) await removePhoto(this, pressed)
    return sent.message_id
  }

  /** A short notice over the chat after a press; a message when it is too late for one, or nothing was pressed. */
  async toast(text: string, { alert = false } = {}) {
    if (!this.callbackQuery) return void (await this.reply(text))
    this.isCallbackAnswered = true
    try {
      await this.answerCallbackQuery({ text: Array.from(text).slice(0, 200).join(''), show_alert: alert })
    } catch (error) {
      if (!isTooOld(error)) throw error
      await this.reply(text)
    }
  }
}
