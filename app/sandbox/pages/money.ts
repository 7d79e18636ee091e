import { formatDecimal, type Decimal } from '#sandbox/services/decimal'
import { ASSETS } from '#sandbox/services/rates'
import { html, type Html } from '#sandbox/pages/html'

/** "10.5 TON": as many places as the amount has, two at least for money of a state. */
export function money(amount: Decimal, currency: string): string {
  return `${formatDecimal(amount, { min: ASSETS[currency]?.isFiat ? 2 : 0 })} ${currency}`
}

/** "21 Nov 2026, 08:30:00 UTC" */
export function moment(at: number): Html {
  const iso = new Date(at).toISOString()
  const words = new Date(at).toLocaleString('en-GB', { timeZone: 'UTC', dateStyle: 'medium', timeStyle: 'medium' })
  return html`<time datetime="${iso}">${words} UTC</time>`
}

const TONES: Record<string, string> = {
  active: 'waiting',
  check: 'waiting',
  process: 'waiting',
  confirm_check: 'waiting',
  pending: 'waiting',
  held: 'waiting',
  linked: 'waiting',
  created: 'waiting',
  refund_process: 'waiting',
  drawing: 'waiting',
  open: 'good',
  paid: 'good',
  delivered: 'good',
  done: 'good',
  paid_over: 'odd',
  wrong_amount: 'odd',
  wrong_amount_waiting: 'odd',
  refund_paid: 'odd',
  paused: 'odd',
}

export function badge(status: string): Html {
  return html`<span class="badge ${TONES[status] ?? 'bad'}">${status.replaceAll('_', ' ')}</span>`
}

/** Rows of names and values. */
export function facts(rows: readonly (readonly [string, Html | string] | false | undefined)[]): Html {
  const shown = rows.flatMap((row) =>
    row
      ? [
          html`<div>
            <dt>${row[0]}</dt>
            <dd>${row[1]}</dd>
          </div>`,
        ]
      : []
  )
  return html`<dl class="facts">${shown}</dl>`
}
