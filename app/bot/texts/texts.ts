import type { I18nManager } from '@adonisjs/i18n'
import { escapeHtml } from '#bot/texts/escape_html'

export type TextParams = Record<string, string | number>

/** Wordings of `resources/lang`. A key that no language has is a mistake of ours and throws. */
export class Texts {
  constructor(private readonly i18n: I18nManager) {}

  /** Telegram HTML: the wording may hold tags, the parameters are escaped. */
  html(locale: string, key: string, params: TextParams = {}) {
    const escaped = Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'string' ? escapeHtml(value) : value,
    ])
    return this.plain(locale, key, Object.fromEntries(escaped))
  }

  /** For buttons, toasts and command descriptions, where Telegram reads no markup. */
  plain(locale: string, key: string, params: TextParams = {}) {
    const translator = this.i18n.locale(locale)
    const message = translator.resolveIdentifier(key)
    if (!message) throw new Error(`There is no text "${key}" in resources/lang`)
    return translator.formatRawMessage(message.message, params)
  }
}
