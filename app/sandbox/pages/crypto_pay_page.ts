import type { CryptoInvoice } from '#sandbox/crypto_pay/types'
import { deliveriesCard, refreshFor } from '#sandbox/pages/deliveries'
import { html, type Html } from '#sandbox/pages/html'
import { badge, facts, moment, money } from '#sandbox/pages/money'
import { form, page, type PageHandler } from '#sandbox/pages/route'
import type { World } from '#sandbox/world'

const show: PageHandler = ({ world, path }) => {
  const invoice = world.cryptoPay.find(path.hash)
  const status = world.cryptoPay.statusOf(invoice)
  const subject = String(invoice.id)
  const deliveries = world.webhooks.list('crypto_pay').filter((delivery) => delivery.subject === subject)
  return {
    title: `Crypto Pay invoice ${invoice.id}`,
    section: 'Payments',
    refresh: refreshFor(deliveries),
    body: html`<div class="columns">
      <section class="card pay" aria-labelledby="invoice-title">
        <p class="kicker">Crypto Pay ${badge(status)}</p>
        <h1 id="invoice-title">${money(invoice.amount, invoice.currency)}</h1>
        <p class="soft">${invoice.description ?? 'An invoice without a description'}</p>
        ${status === 'active' ? payForms(world, invoice) : outcome(invoice, status)}
        ${facts([
          ['Invoice', String(invoice.id)],
          ['Created', moment(invoice.createdAt)],
          invoice.expiresAt !== undefined && ['Expires', moment(invoice.expiresAt)],
          invoice.payload !== undefined && ['Payload', html`<code>${invoice.payload}</code>`],
        ])}
      </section>
      ${deliveriesCard(deliveries, address(invoice))}
    </div>`,
  }
}

function payForms(world: World, invoice: CryptoInvoice): Html {
  const buttons = world.cryptoPay
    .prices(invoice)
    .map(
      ({ asset, amount }) =>
        html`<button class="button" name="asset" value="${asset}">Pay ${money(amount, asset)}</button>`
    )
  return html`<form class="actions" method="post" action="${address(invoice)}/pay">${buttons}</form>
    <p class="soft">
      Crypto Pay moves exactly this amount from wallet to wallet: nobody can pay less, more, or too late.
    </p>
    <form class="actions" method="post" action="${address(invoice)}/expire">
      <button class="button ghost" type="submit">Let it expire</button>
    </form>`
}

function outcome({ paid, hiddenMessage, paidButton }: CryptoInvoice, status: string): Html {
  if (!paid) return html`<p role="status">This invoice is ${status} and can't be paid any more.</p>`
  return html`<p role="status">Paid with ${money(paid.amount, paid.asset)}.</p>
    ${hiddenMessage && html`<p>${hiddenMessage}</p>`}
    ${paidButton && html`<p><a href="${paidButton.url}">${paidButton.name}</a></p>`}`
}

const pay: PageHandler = ({ world, path, params }) =>
  address(world.cryptoPay.pay(path.hash, { asset: params.text('asset') || undefined }))

const expire: PageHandler = ({ world, path }) => address(world.cryptoPay.expire(path.hash))

function address({ hash }: CryptoInvoice): string {
  return `/pay/crypto-pay/${hash}`
}

export const cryptoPayRoutes = [
  page('/pay/crypto-pay/:hash', show),
  form('/pay/crypto-pay/:hash/pay', pay),
  form('/pay/crypto-pay/:hash/expire', expire),
]
