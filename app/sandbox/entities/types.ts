export const ENTITY_TYPES = [
  'mention',
  'hashtag',
  'cashtag',
  'bot_command',
  'url',
  'email',
  'phone_number',
  'bold',
  'italic',
  'underline',
  'strikethrough',
  'spoiler',
  'blockquote',
  'expandable_blockquote',
  'code',
  'pre',
  'text_link',
  'text_mention',
  'custom_emoji',
] as const

export type EntityType = (typeof ENTITY_TYPES)[number]

/** A formatted span of a text; `offset` and `length` count UTF-16 units, as everywhere in the Bot API. */
export interface Entity {
  type: EntityType
  offset: number
  length: number
  /** text_link */
  url?: string
  /** pre */
  language?: string
  /** custom_emoji */
  custom_emoji_id?: string
  /** text_mention, before the user is looked up */
  user_id?: number
}

export interface FormattedText {
  text: string
  entities: Entity[]
}

/** Markup that Telegram refuses. The message is Telegram's own wording, without its "Can't parse entities: ". */
export class EntityError extends Error {}

/** Position in bytes of UTF-8, which is how Telegram's errors point into a text. */
export function byteOffset(text: string, index: number): number {
  return Buffer.byteLength(text.slice(0, index))
}
