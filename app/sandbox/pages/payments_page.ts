import { html, type Html } from '#sandbox/pages/html'
import { badge, moment, money } from '#sandbox/pages/money'
import { form, page, type PageHandler } from '#sandbox/pages/route'
import type { World } from '#sandbox/world'

interface Line {
  href: string
  provider: string
  reference: string
  amount: string
  status: string
  createdAt: number
}

const SHOWN = 200

const index: PageHandler = ({ world }) => {
  const lines = [...cryptoPayLines(world), ...heleketLines(world), ...starLines(world)]
    .sort((a, b) => b.createdAt - a.createdAt)
    .slice(0, SHOWN)
  return {
    title: 'Payments',
    section: 'Payments',
    body: html`<section class="card" aria-labelledby="payments-title">
      <h1 id="payments-title">Payments</h1>
      <p class="soft">
        Every invoice the product made at a provider, and what was paid in Stars; newest first. Webhooks go to
        ${world.productUrl}.
      </p>
      ${
        lines.length > 0
          ? html`<ul class="rows">
              ${lines.map(row)}
            </ul>`
          : empty()
      }
    </section>`,
  }
}

function cryptoPayLines(world: World): Line[] {
  return world.cryptoPay.all().map((invoice) => ({
    href: `/pay/crypto-pay/${invoice.hash}`,
    provider: 'Crypto Pay',
    reference: String(invoice.id),
    amount: money(invoice.amount, invoice.currency),
    status: world.cryptoPay.statusOf(invoice),
    createdAt: invoice.createdAt,
  }))
}

function heleketLines(world: World): Line[] {
  return world.heleket.all().map((payment) => ({
    href: `/pay/heleket/${payment.uuid}`,
    provider: 'Heleket',
    reference: payment.orderId,
    amount: money(payment.amount, payment.currency),
    status: payment.status,
    createdAt: payment.createdAt,
  }))
}

/** Invoices in Stars are paid in the chat; here is what was. */
function starLines(world: World): Line[] {
  return world.payments.all().map(({ customerId, payload, amount, refundedAt, date }) => ({
    href: `/#${customerId}`,
    provider: 'Telegram Stars',
    reference: payload,
    amount: `${amount} Stars`,
    status: refundedAt === undefined ? 'paid' : 'refund_paid',
    createdAt: date * 1000,
  }))
}

function row({ href, provider, reference, amount, status, createdAt }: Line): Html {
  return html`<li class="row">
    <a class="row-main" href="${href}">
      <strong>${amount}</strong> ${badge(status)}
      <span class="soft">${provider} · ${reference} · ${moment(createdAt)}</span>
    </a>
  </li>`
}

function empty(): Html {
  return html`<p class="empty">No invoices yet. Choose a top-up in the <a href="/">chat</a>, and it appears here.</p>`
}

/** Back to a page of the sandbox only, whatever the form says. */
const resend: PageHandler = ({ world, path, params }) => {
  world.webhooks.resend(Number(path.id))
  const back = params.text('back')
  return /^\/pay\/[\w/-]+$/.test(back) ? back : '/pay'
}

export const paymentsRoutes = [page('/pay', index), form('/pay/webhooks/:id/resend', resend)]
