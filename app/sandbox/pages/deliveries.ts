import { html, type Html } from '#sandbox/pages/html'
import { badge, moment } from '#sandbox/pages/money'
import type { WebhookDelivery } from '#sandbox/services/webhooks'

/** What the product was told about an invoice, and what it answered. */
export function deliveriesCard(deliveries: readonly WebhookDelivery[], back: string): Html {
  const rows = [...deliveries].reverse().map((delivery) => row(delivery, back))
  return html`<section class="card" aria-labelledby="webhooks-title">
    <h2 id="webhooks-title">Webhooks</h2>
    ${
      rows.length > 0
        ? html`<ul class="rows">
            ${rows}
          </ul>`
        : html`<p class="soft">None sent yet.</p>`
    }
  </section>`
}

function row(delivery: WebhookDelivery, back: string): Html {
  const last = delivery.attempts.at(-1)
  const outcome = last ? (last.error ?? `answered ${last.status}`) : 'not sent'
  return html`<li class="row">
    <div class="row-main">
      <strong>${delivery.event}</strong> ${badge(delivery.state)}
      ${delivery.fault && html`<span class="soft">fault: ${delivery.fault}</span>`}
      <span class="soft">${delivery.attempts.length}× · ${outcome}${last && html` · ${moment(last.at)}`}</span>
      <code class="address">${delivery.url}</code>
      <details>
        <summary>Body</summary>
        <pre tabindex="0">${delivery.body}</pre>
      </details>
    </div>
    <form method="post" action="/pay/webhooks/${delivery.id}/resend">
      <input type="hidden" name="back" value="${back}" />
      <button class="button ghost" type="submit" aria-label="Send again: webhook ${delivery.id}">Send again</button>
    </form>
  </li>`
}

/** Seconds after which to look again: soon while a webhook is on its way, never while it is refused for long. */
export function refreshFor(deliveries: readonly WebhookDelivery[]): number | undefined {
  return deliveries.some(({ state, attempts }) => state === 'pending' && attempts.length < 2) ? 2 : undefined
}
