import type { I18nManager } from '@adonisjs/i18n'
import type { MessageParam, MessageParams } from '#core/contracts/outbox'
import { escapeHtml } from '#bot/texts/escape_html'
import { formatAmount } from '#bot/texts/format_amount'

export type TextParams = MessageParams

/** Wordings of `resources/lang`. A key that no language has is a mistake of ours and throws. */
export class Texts {
  constructor(private readonly i18n: I18nManager) {}

  /** Telegram HTML: the wording may hold tags, the parameters are escaped. */
  html(locale: string, key: string, params: TextParams = {}) {
    return this.#format(locale, key, params, escapeHtml)
  }

  /** For buttons, toasts and command descriptions, where Telegram reads no markup. */
  plain(locale: string, key: string, params: TextParams = {}) {
    return this.#format(locale, key, params, (text) => text)
  }

  #format(locale: string, key: string, params: TextParams, write: (text: string) => string) {
    const translator = this.i18n.locale(locale)
    const message = translator.resolveIdentifier(key)
    if (!message) throw new Error(`There is no text "${key}" in resources/lang`)
    const words = Object.entries(params).map(([name, value]) => [name, this.#word(value, locale, write)])
    return translator.formatRawMessage(message.message, Object.fromEntries(words))
  }

  #word(value: MessageParam, locale: string, write: (text: string) => string) {
    if (typeof value === 'number') return value
    return write(typeof value === 'string' ? value : formatAmount(value, locale))
  }
}
