import { isObject, type Params } from '#sandbox/api/params'
import { checkLink, LinkError, linkedUserId } from '#sandbox/entities/links'
import { badRequest } from '#sandbox/errors'
import type { InlineButton, InlineKeyboard, ReplyMarkup } from '#sandbox/state/types'

/** Bytes of UTF-8. */
const MAX_CALLBACK_DATA = 64
const MAX_COPY_TEXT = 256
const MAX_BUTTONS = 100

/** Kinds of buttons that need no look inside. */
const PASSED_ON = [
  'callback_game',
  'pay',
  'switch_inline_query',
  'switch_inline_query_chosen_chat',
  'switch_inline_query_current_chat',
] as const

export function replyMarkup(params: Params): ReplyMarkup | undefined {
  const value = params.json('reply_markup', "Can't parse reply keyboard markup JSON object")
  if (value === undefined) return undefined
  if (!isObject(value)) throw badRequest('Object expected as reply markup')

  if (Array.isArray(value.keyboard) && value.keyboard.length > 0) return inputKeyboard(value)
  if (Array.isArray(value.inline_keyboard)) return inlineKeyboard(value.inline_keyboard)
  if (value.remove_keyboard === true) return { remove_keyboard: true }
  if (value.force_reply === true) {
    const placeholder = value.input_field_placeholder
    return { force_reply: true, ...(typeof placeholder === 'string' && { input_field_placeholder: placeholder }) }
  }
  return undefined
}

/** The inline keyboard of an edited message; anything else than an inline keyboard is refused there. */
export function inlineMarkup(params: Params): InlineKeyboard | undefined {
  const markup = replyMarkup(params)
  if (!markup) return undefined
  if (!isInline(markup)) throw badRequest('Inline keyboard expected')
  return markup
}

export function isInline(markup: ReplyMarkup | undefined): markup is InlineKeyboard {
  return markup !== undefined && 'inline_keyboard' in markup
}

function inlineKeyboard(rows: unknown[]): InlineKeyboard | undefined {
  const keyboard = rows.map((row) => {
    if (!Array.isArray(row)) {
      throw badRequest('Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    }
    return row.map((button) => inlineButton(button))
  })
  const kept = keyboard.filter((row) => row.length > 0)
  if (kept.flat().length > MAX_BUTTONS) throw badRequest('reply markup is too long')
  return kept.length > 0 ? { inline_keyboard: kept } : undefined
}

function inlineButton(value: unknown): InlineButton {
  if (!isObject(value)) throw unparsed('InlineKeyboardButton must be an Object')
  if (value.text === undefined) throw unparsed('Can\'t find field "text"')
  if (typeof value.text !== 'string') throw unparsed('Field "text" must be of type String')
  const action = inlineAction(value)
  if (!value.text.trim()) throw badRequest('Inline keyboard button text must be non-empty')
  return { text: value.text, ...action }
}

function inlineAction(button: Record<string, unknown>): Record<string, unknown> {
  if (isText(button, 'url')) return { url: buttonUrl(button.url, 'Inline keyboard button ') }
  if (isText(button, 'callback_data')) {
    if (Buffer.byteLength(button.callback_data) > MAX_CALLBACK_DATA) throw badRequest('BUTTON_DATA_INVALID')
    return { callback_data: button.callback_data }
  }
  for (const kind of PASSED_ON) if (button[kind] !== undefined) return { [kind]: button[kind] }
  if (isObject(button.login_url))
    return { login_url: { ...button.login_url, url: httpsUrl(button.login_url, 'login ') } }
  if (isObject(button.web_app)) return { web_app: { url: httpsUrl(button.web_app, 'Web App ') } }
  if (isObject(button.copy_text)) return { copy_text: { text: copyText(button.copy_text) } }
  throw unparsed('Text buttons are unallowed in the inline keyboard')
}

function isText<K extends string>(button: Record<string, unknown>, name: K): button is Record<K, string> {
  const value = button[name]
  if (value !== undefined && value !== null && typeof value !== 'string') {
    throw unparsed(`Field "${name}" must be of type String`)
  }
  return typeof value === 'string' && value !== ''
}

function buttonUrl(url: string, subject: string): string {
  if (linkedUserId(url)) return url
  try {
    return checkLink(url)
  } catch (error) {
    if (error instanceof LinkError) throw badRequest(`${subject}URL '${url}' is invalid: ${error.message}`)
    throw error
  }
}

function httpsUrl(field: Record<string, unknown>, kind: string): string {
  if (typeof field.url !== 'string') throw unparsed('Can\'t find field "url"')
  const url = buttonUrl(field.url, `Inline keyboard button ${kind}`)
  if (!url.startsWith('https://')) {
    throw badRequest(`Inline keyboard button ${kind}URL '${field.url}' is invalid: Only HTTPS links are allowed`)
  }
  return url
}

function copyText(field: Record<string, unknown>): string {
  if (typeof field.text !== 'string') throw unparsed('Can\'t find field "text"')
  if (field.text.length === 0 || field.text.length > MAX_COPY_TEXT) throw badRequest('BUTTON_COPY_TEXT_INVALID')
  return field.text
}

function inputKeyboard(value: Record<string, unknown>): ReplyMarkup {
  const rows = (value.keyboard as unknown[]).map((row) => {
    if (!Array.isArray(row)) throw badRequest('Field "keyboard" must be an Array of Arrays')
    return row.map((button) => inputButton(button))
  })
  return { ...value, keyboard: rows }
}

function inputButton(button: unknown): { text: string } {
  if (typeof button === 'string') return inputButton({ text: button })
  if (!isObject(button)) {
    throw badRequest("Can't parse keyboard button: KeyboardButton must be a String or an Object")
  }
  if (typeof button.text !== 'string') throw badRequest('Can\'t parse keyboard button: Can\'t find field "text"')
  if (!button.text) throw badRequest('Keyboard button text must be non-empty')
  return { ...button, text: button.text }
}

function unparsed(reason: string) {
  return badRequest(`Can't parse inline keyboard button: ${reason}`)
}
