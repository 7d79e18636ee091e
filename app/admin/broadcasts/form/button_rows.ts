import type { BroadcastButton } from '#broadcasts/buttons'

/** Posted as `kind` when the button opens a page; any other kind is an action of the bot. */
export const URL_KIND = 'url'

/** A button as its fields hold it, valid or not. Buttons of one `row` stand side by side. */
export interface ButtonFields {
  row: number
  text: string
  kind: string
  url: string
}

export const EMPTY_BUTTON: Omit<ButtonFields, 'row'> = { text: '', kind: URL_KIND, url: '' }

/** A button nobody wrote anything into is no button. */
const isEmpty = (button: ButtonFields) => !button.text && !button.url && button.kind === URL_KIND

export function toButtonRows(fields: ButtonFields[]): BroadcastButton[][] {
  return groupRows(fields.filter((button) => !isEmpty(button))).map((row) => row.map(toButton))
}

export function toButtonFields(rows: BroadcastButton[][]): ButtonFields[] {
  return rows.flatMap((buttons, row) =>
    buttons.map((button) => ({
      row,
      text: button.text,
      kind: 'action' in button ? button.action : URL_KIND,
      url: 'url' in button ? button.url : '',
    }))
  )
}

/** In the order of their numbers, without gaps. */
export function groupRows<F extends { row: number }>(fields: F[]): F[][] {
  const rows = new Map<number, F[]>()
  for (const button of fields) rows.set(button.row, [...(rows.get(button.row) ?? []), button])
  return [...rows].sort(([one], [other]) => one - other).map(([, row]) => row)
}

function toButton({ text, kind, url }: ButtonFields): BroadcastButton {
  return kind === URL_KIND ? { text, url } : { text, action: kind }
}
