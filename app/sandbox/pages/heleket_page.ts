import { HELEKET_NETWORKS } from '#sandbox/heleket/networks'
import type { HeleketPayment } from '#sandbox/heleket/types'
import { isFinal } from '#sandbox/heleket/views'
import { deliveriesCard, refreshFor } from '#sandbox/pages/deliveries'
import { html, type Html } from '#sandbox/pages/html'
import { badge, facts, moment, money } from '#sandbox/pages/money'
import { form, page, type PageHandler } from '#sandbox/pages/route'
import { formatDecimal } from '#sandbox/services/decimal'
import type { World } from '#sandbox/world'

const show: PageHandler = ({ world, path }) => {
  const payment = world.heleket.find(path.uuid)
  const { payer } = payment
  const deliveries = world.webhooks.list('heleket').filter(({ subject }) => subject === payment.uuid)
  return {
    title: `Heleket payment ${payment.orderId}`,
    section: 'Payments',
    refresh: payment.pending > 0n ? 2 : refreshFor(deliveries),
    body: html`<div class="columns">
      <section class="card pay" aria-labelledby="payment-title">
        <p class="kicker">Heleket ${badge(payment.status)}</p>
        <h1 id="payment-title">${money(payment.amount, payment.currency)}</h1>
        ${payer ? sendForm(world, payment, payer) : coinForm(world, payment)} ${endForms(payment)}
        ${facts([
          ['Order', payment.orderId],
          ['Created', moment(payment.createdAt)],
          ['Expires', moment(payment.expiresAt)],
          payer && ['Address', html`<code>${payer.address}</code> (${payer.network})`],
          payment.txid !== undefined && ['Transaction', html`<code>${payment.txid}</code>`],
          payment.additionalData !== undefined && ['Data', html`<code>${payment.additionalData}</code>`],
        ])}
        ${returnLinks(payment)}
      </section>
      ${deliveriesCard(deliveries, address(payment))}
    </div>`,
  }
}

function coinForm(world: World, payment: HeleketPayment): Html {
  const coins = HELEKET_NETWORKS.map(({ currency, network }) => {
    const price = world.rates.convert(payment.amount, payment.currency, currency)
    const label = `${money(price, currency)} on ${network}`
    return html`<button class="button ghost" name="coin" value="${currency}/${network}">${label}</button>`
  })
  return html`<p>Choose what to pay with:</p>
    <form class="actions" method="post" action="${address(payment)}/choose">${coins}</form>`
}

function sendForm(world: World, payment: HeleketPayment, payer: NonNullable<HeleketPayment['payer']>): Html {
  const due = world.heleket.due(payment)
  const isLate = payment.expiresAt <= world.clock.now()
  const suggestion = formatDecimal(due || payer.amount)
  return html`<p role="status">${received(payment, payer)}</p>
    ${
      due > 0n &&
      html`<form class="actions" method="post" action="${address(payment)}/pay">
        <button class="button" type="submit">Send ${money(due, payer.currency)}${isLate && ', too late'}</button>
      </form>`
    }
    <form class="actions" method="post" action="${address(payment)}/pay">
      <label
        >Another amount, ${payer.currency}
        <input
          class="input"
          name="amount"
          inputmode="decimal"
          value="${suggestion}"
          required
          pattern="\\d+(\\.\\d+)?"
        />
      </label>
      <button class="button ghost" type="submit">Send this amount</button>
    </form>
    <p class="soft">Anybody can send anything to an address: less, more, again, or after the payment has ended.</p>`
}

function received(
  { received: sum, pending, status }: HeleketPayment,
  payer: { currency: string; amount: bigint }
): string {
  if (pending > 0n) return `${money(pending, payer.currency)} seen, waiting for confirmations.`
  if (sum === 0n)
    return isFinal(status) ? `Nothing was paid: ${status}.` : `To pay: ${money(payer.amount, payer.currency)}.`
  return `${money(sum, payer.currency)} of ${money(payer.amount, payer.currency)} received.`
}

function endForms(payment: HeleketPayment): Html | false {
  if (isFinal(payment.status)) return false
  return html`<div class="actions">
    <form method="post" action="${address(payment)}/expire">
      <button class="button ghost" type="submit">Let it expire</button>
    </form>
    <form method="post" action="${address(payment)}/fail">
      <button class="button danger" type="submit">Let it fail</button>
    </form>
  </div>`
}

function returnLinks({ urlReturn, urlSuccess }: HeleketPayment): Html | false {
  const url = urlSuccess ?? urlReturn
  return url !== undefined && html`<p><a href="${url}">Back to the shop</a></p>`
}

const choose: PageHandler = ({ world, path, params }) => {
  const [currency, network] = params.text('coin').split('/')
  return address(world.heleket.choose(path.uuid, currency, network))
}

const pay: PageHandler = ({ world, path, params }) =>
  address(world.heleket.pay(path.uuid, { amount: params.text('amount') || undefined }))

const expire: PageHandler = ({ world, path }) => address(world.heleket.expire(path.uuid))

const fail: PageHandler = ({ world, path }) => address(world.heleket.fail(path.uuid))

function address({ uuid }: HeleketPayment): string {
  return `/pay/heleket/${uuid}`
}

export const heleketRoutes = [
  page('/pay/heleket/:uuid', show),
  form('/pay/heleket/:uuid/choose', choose),
  form('/pay/heleket/:uuid/pay', pay),
  form('/pay/heleket/:uuid/expire', expire),
  form('/pay/heleket/:uuid/fail', fail),
]
