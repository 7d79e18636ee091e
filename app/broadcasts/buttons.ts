import i18nManager from '@adonisjs/i18n/services/main'
import { isLink } from '#broadcasts/markup/links'
import type { BroadcastProblem } from '#broadcasts/problems'

/** A button under a broadcast: opens a page, or does something in the bot (`action` of its menu). */
export type BroadcastButton = { text: string; url: string } | { text: string; action: string; id?: string | number }

export const MAX_BUTTON_ROWS = 10
export const MAX_BUTTONS_IN_ROW = 8
export const MAX_BUTTON_TEXT = 64

/** Problems of the buttons of one variant; `field` is the prefix that names the variant. */
export function checkButtons(rows: BroadcastButton[][], field: string): BroadcastProblem[] {
  if (rows.length > MAX_BUTTON_ROWS) {
    return [{ field: `${field}.buttons`, code: 'too_many_button_rows', params: { limit: MAX_BUTTON_ROWS } }]
  }
  return rows.flatMap((row, index) => checkRow(row, `${field}.buttons.${index}`))
}

function checkRow(row: BroadcastButton[], field: string): BroadcastProblem[] {
  if (row.length === 0 || row.length > MAX_BUTTONS_IN_ROW) {
    return [{ field, code: 'wrong_number_of_buttons', params: { limit: MAX_BUTTONS_IN_ROW } }]
  }
  return row.flatMap((button, index) => checkButton(button, `${field}.${index}`))
}

function checkButton(button: BroadcastButton, field: string): BroadcastProblem[] {
  const problems: BroadcastProblem[] = []
  const length = button.text.trim().length
  if (length === 0 || length > MAX_BUTTON_TEXT) {
    problems.push({ field: `${field}.text`, code: 'button_text_length', params: { limit: MAX_BUTTON_TEXT } })
  }
  if ('url' in button && !isLink(button.url)) {
    problems.push({ field: `${field}.url`, code: 'button_url', params: { url: button.url.slice(0, 100) } })
  }
  if ('action' in button && !isAction(button)) {
    problems.push({ field: `${field}.action`, code: 'button_action' })
  }
  return problems
}

/** An action that fits into callback data with its id, and that the bot has words for. */
const isAction = ({ action, id = 0 }: { action: string; id?: string | number }) =>
  /^[a-z_]{1,30}$/.test(action) &&
  /^[\w-]{1,30}$/.test(String(id)) &&
  i18nManager.locale(i18nManager.defaultLocale).hasMessage(`notifications.buttons.${action}`)
