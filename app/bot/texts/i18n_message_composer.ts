import { MessageComposer, type ComposedMessage } from '#core/contracts/message_composer'
import type { SymbolicButton } from '#core/contracts/outbox'
import { packCallback } from '#bot/callback_data/callback_data'
import type { TextParams, Texts } from '#bot/texts/texts'

/** Words outbox rows from `resources/lang/<locale>/notifications.json`. */
export class I18nMessageComposer extends MessageComposer {
  constructor(private readonly texts: Texts) {
    super()
  }

  compose(locale: string, template: string, params: TextParams, buttons: SymbolicButton[][]): ComposedMessage {
    return {
      html: this.texts.html(locale, `notifications.${template}`, params),
      replyMarkup: this.keyboard(locale, buttons),
    }
  }

  keyboard(locale: string, buttons: SymbolicButton[][]): ComposedMessage['replyMarkup'] {
    if (buttons.length === 0) return undefined
    return { inline_keyboard: buttons.map((row) => row.map((button) => this.#button(locale, button))) }
  }

  #button(locale: string, button: SymbolicButton) {
    if ('url' in button) return { text: this.#urlLabel(locale, button), url: button.url }
    const args = button.id === undefined ? [] : [String(button.id)]
    return {
      text: this.texts.plain(locale, `notifications.buttons.${button.action}`),
      callback_data: packCallback({ origin: 'notice', action: button.action, args }),
    }
  }

  #urlLabel(locale: string, { text, label }: { text?: string; label?: string }) {
    return text ?? this.texts.plain(locale, `notifications.buttons.${label ?? 'open_link'}`)
  }
}
