import { ControlError } from '#sandbox/errors'
import { tonText } from '#sandbox/fragment/fragment'
import type { FragmentCookies } from '#sandbox/fragment/session'
import type { StarsPurchase, StrayPayment } from '#sandbox/fragment/types'
import { html, type Html } from '#sandbox/pages/html'
import { badge, moment } from '#sandbox/pages/money'
import { form, page, type PageHandler } from '#sandbox/pages/route'
import { TonError } from '#sandbox/ton/ton_error'
import type { TonAccount } from '#sandbox/ton/types'

const SHOWN = 100

const show: PageHandler = ({ world }) => {
  const purchases = world.fragment.purchases().reverse().slice(0, SHOWN)
  return {
    title: 'Fragment',
    section: 'Fragment',
    body: html`<section class="card" aria-labelledby="purchases-title">
        <h1 id="purchases-title">Fragment</h1>
        <p class="soft">Stars the product has ordered for usernames, newest first.</p>
        ${
          purchases.length > 0
            ? html`<ul class="rows">
                ${purchases.map(purchaseRow)}
              </ul>`
            : html`<p class="empty">Nothing was ordered yet.</p>`
        }
        ${strayList(world.fragment.stray())}
        <p class="soft">To log the product in, store these cookies in its panel:</p>
        <code class="address">${cookieText(world.fragment.session.cookies)}</code>
      </section>
      <section class="card" aria-labelledby="wallets-title">
        <h2 id="wallets-title">TON accounts</h2>
        ${accounts(world.ton.all())}
        <form class="actions" method="post" action="/fragment-desk/fund">
          <label class="wide">Address <input class="input" name="address" required placeholder="UQ… or 0:…" /></label>
          <label>TON to give <input class="input" name="amount" required inputmode="decimal" value="100" /></label>
          <button class="button" type="submit">Give</button>
        </form>
      </section>`,
  }
}

function cookieText(cookies: FragmentCookies): string {
  return Object.entries(cookies)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ')
}

function purchaseRow({ id, quantity, username, amount, state, createdAt }: StarsPurchase): Html {
  return html`<li class="row">
    <div class="row-main">
      <strong>${quantity} Stars for @${username}</strong> ${badge(state)}
      <span class="soft">${tonText(amount)} TON · ${moment(createdAt)} · ${id}</span>
    </div>
    ${
      state === 'paid' &&
      html`<form method="post" action="/fragment-desk/${id}/complete">
        <button class="button ghost" type="submit" aria-label="Hand over ${quantity} Stars to @${username}">
          Hand over
        </button>
      </form>`
    }
  </li>`
}

function strayList(stray: readonly StrayPayment[]): Html | false {
  if (stray.length === 0) return false
  const rows = stray.map(
    ({ amount, reason, at }) =>
      html`<li class="row">
        <span class="row-main"
          ><strong>${tonText(amount)} TON</strong><span class="soft">${reason} · ${moment(at)}</span></span
        >
      </li>`
  )
  return html`<h2>Payments that fit nothing</h2>
    <ul class="rows">
      ${rows}
    </ul>`
}

function accounts(all: TonAccount[]): Html {
  if (all.length === 0) return html`<p class="empty">No wallet was seen yet.</p>`
  const rows = all.map(
    ({ address, balance, seqno, wallet }) =>
      html`<li class="row">
        <div class="row-main">
          <strong>${tonText(balance)} TON</strong>
          <span class="soft">${wallet ? `seqno ${seqno}` : 'not deployed'}</span>
          <code class="address">${address}</code>
        </div>
      </li>`
  )
  return html`<ul class="rows">
    ${rows}
  </ul>`
}

const fund: PageHandler = async ({ world, params }) => {
  try {
    await world.ton.fund(params.text('address'), params.text('amount'))
  } catch (error) {
    throw error instanceof TonError ? new ControlError(422, 'That is no address of TON.') : error
  }
  return '/fragment-desk'
}

const complete: PageHandler = ({ world, path }) => {
  const purchase = world.fragment.find(path.id)
  if (!purchase) throw new ControlError(404, `Fragment knows no purchase ${path.id}.`)
  world.fragment.complete(purchase)
  return '/fragment-desk'
}

export const fragmentRoutes = [
  page('/fragment-desk', show),
  form('/fragment-desk/fund', fund),
  form('/fragment-desk/:id/complete', complete),
]
