import { inject } from '@adonisjs/core'
import type { BroadcastMessage, BroadcastRow } from '#core/contracts/broadcast_content'
import { MessageComposer, type ComposedMessage } from '#core/contracts/message_composer'
import type { Language } from '#customers/languages'
import type { BroadcastButton } from '#broadcasts/buttons'
import { NO_VALUES, valuesOf, type ValueRow } from '#broadcasts/content/values_of'
import { variantOf } from '#broadcasts/fan_out/variant_split'
import { measureHtml } from '#broadcasts/markup/read_source'
import type Broadcast from '#broadcasts/models/broadcast'
import type { FrozenVersion } from '#broadcasts/sending/frozen_content'
import { CAPTION_LIMIT, TEXT_LIMIT } from '#broadcasts/values'

/** Fills the text that a customer is to get, in their language and on their side of an A/B test. */
@inject()
export class Compose {
  constructor(private composer: MessageComposer) {}

  /** Null when the text has become too long for Telegram, or there is none. */
  message(broadcast: Broadcast, content: FrozenVersion, row: BroadcastRow, customer: ValueRow | null) {
    const locale = (customer?.language ?? broadcast.defaultLocale) as Language
    const side = variantOf(broadcast, row.customerId)
    const text = content.texts.resolve(locale, side)
    if (!text) return null
    const html = text.template.fill(customer ? valuesOf(customer) : NO_VALUES)
    if (measureHtml(html) > (text.mediaKey ? CAPTION_LIMIT : TEXT_LIMIT)) return null

    const message: BroadcastMessage = {
      html,
      replyMarkup: this.#keyboard(text.locale, text.buttons),
      photo: text.mediaKey,
      paid: broadcast.paid,
    }
    if (row.operation === 'edit') {
      message.replacesPhoto = content.earlier.some((set) => set.resolve(locale, side)?.mediaKey !== text.mediaKey)
    }
    return message
  }

  /** Buttons of a broadcast bring their own text; what they do in the bot is the composer's to say. */
  #keyboard(locale: string, rows: BroadcastButton[][]): ComposedMessage['replyMarkup'] {
    if (rows.length === 0) return undefined
    const inline = rows.map((row) =>
      row.map((button) => {
        if ('url' in button) return { text: button.text, url: button.url }
        const symbolic = this.composer.keyboard(locale, [[{ action: button.action, id: button.id }]])
        return { ...symbolic!.inline_keyboard[0][0], text: button.text }
      })
    )
    return { inline_keyboard: inline }
  }
}
