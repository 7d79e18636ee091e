import type { Entity } from '#sandbox/entities/types'

export interface User {
  id: number
  is_bot: boolean
  first_name: string
  last_name?: string
  username?: string
  language_code?: string
}

/** A person who can talk with the bot, and how the bot stands with them. */
export interface Customer extends User {
  is_bot: false
  /** has pressed START at least once */
  started: boolean
  /** has stopped and blocked the bot */
  blocked: boolean
  /** has deleted the account */
  deactivated: boolean
  /** shown in the page's chat list even before the first message */
  listed: boolean
  /** what they can pay with */
  stars: number
  bio?: string
  photo_file_id?: string
}

export type ChatType = 'private' | 'group' | 'supergroup' | 'channel'

export interface Chat {
  id: number
  type: ChatType
  title?: string
  username?: string
  first_name?: string
  last_name?: string
  is_forum?: boolean
}

export interface PhotoSize {
  file_id: string
  file_unique_id: string
  width: number
  height: number
  file_size: number
}

export interface Document {
  file_id: string
  file_unique_id: string
  file_name: string
  mime_type: string
  file_size: number
}

export interface InlineButton {
  text: string
  callback_data?: string
  url?: string
  [kind: string]: unknown
}

export interface InlineKeyboard {
  inline_keyboard: InlineButton[][]
}

/** Keyboard under the input field, its removal, or a forced reply. Not part of the stored message. */
export type InputKeyboard =
  | { keyboard: ({ text: string; [kind: string]: unknown } | string)[][]; [option: string]: unknown }
  | { remove_keyboard: true; selective?: boolean }
  | { force_reply: true; selective?: boolean; input_field_placeholder?: string }

export type ReplyMarkup = InlineKeyboard | InputKeyboard

/** A message as the Bot API shows it. */
export interface Message {
  message_id: number
  message_thread_id?: number
  is_topic_message?: boolean
  from?: User
  sender_chat?: Chat
  chat: Chat
  date: number
  edit_date?: number
  text?: string
  entities?: Entity[]
  caption?: string
  caption_entities?: Entity[]
  show_caption_above_media?: boolean
  photo?: PhotoSize[]
  document?: Document
  has_media_spoiler?: boolean
  has_protected_content?: boolean
  reply_markup?: InlineKeyboard
  reply_to_message?: Message
  forward_origin?: Record<string, unknown>
  link_preview_options?: Record<string, unknown>
  [service: string]: unknown
}
