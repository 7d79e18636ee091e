import type { MessageParams, SymbolicButton } from '#core/contracts/outbox'

/** A message as Telegram takes it. */
export interface ComposedMessage {
  /** Telegram HTML. */
  html: string
  replyMarkup?: { inline_keyboard: Array<Array<Record<string, unknown>>> }
}

/** Words an outbox row when it is sent, in the reader's language. Bound by the bot's provider in every process. */
export abstract class MessageComposer {
  abstract compose(
    locale: string,
    template: string,
    params: MessageParams,
    buttons: SymbolicButton[][]
  ): ComposedMessage
  /** Renders symbolic buttons alone (broadcasts bring their own text). */
  abstract keyboard(locale: string, buttons: SymbolicButton[][]): ComposedMessage['replyMarkup']
}
