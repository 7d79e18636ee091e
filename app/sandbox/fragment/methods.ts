import type { Params } from '#sandbox/api/params'
import { FragmentError } from '#sandbox/fragment/fragment_error'
import { FRAGMENT_WALLET, tonText, type Fragment } from '#sandbox/fragment/fragment'
import type { StarsPurchase } from '#sandbox/fragment/types'
import { rawAddress } from '#sandbox/ton/chain'
import { TonError } from '#sandbox/ton/ton_error'

export interface FragmentCall {
  fragment: Fragment
  params: Params
  isLoggedIn: boolean
  hasWallet: boolean
}

type Method = (call: FragmentCall) => Record<string, unknown> | Promise<Record<string, unknown>>

const LINK_VALID_SECONDS = 600

const searchStarsRecipient: Method = ({ fragment, params }) => {
  const { customer, recipient } = fragment.recipient(params.text('query'))
  const name = [customer.first_name, customer.last_name].filter(Boolean).join(' ')
  return { ok: true, found: { myself: false, recipient, photo: '<img src="data:image/svg+xml,%3Csvg/%3E" />', name } }
}

/** The state of the page. `id` is the sandbox's own: without it the latest purchase is meant. */
const updateStarsBuyState: Method = ({ fragment, params }) => {
  const mode = params.text('mode') || 'new'
  const base = { ok: true, dh: Math.floor(fragment.context.clock.now() / 1000), lv: params.flag('lv') }
  if (mode !== 'processing') return { ...base, mode: 'new' }
  const id = params.text('id')
  const purchase = id ? fragment.find(id) : fragment.purchases().at(-1)
  if (purchase?.state !== 'done') return { ...base, mode: 'processing', need_update: true }
  return {
    ...base,
    mode: 'done',
    html: `<h3>Stars were sent</h3><p>${purchase.quantity} Telegram Stars for @${purchase.username}</p>`,
  }
}

const updateStarsPrices: Method = ({ fragment, params }) => {
  const quantity = params.integer('quantity', 50, 1)
  return { ok: true, cur_price: `<span class="icon-ton">${tonText(fragment.price(quantity))}</span>` }
}

const initBuyStarsRequest: Method = ({ fragment, params, isLoggedIn, hasWallet }) => {
  if (!isLoggedIn) throw new FragmentError('Access denied')
  const method = params.text('payment_method') || 'ton'
  if (method !== 'ton') throw new FragmentError('Invalid payment method')
  const purchase = fragment.create(params.text('recipient'), params.text('quantity'))
  return {
    req_id: purchase.id,
    myself: false,
    to_bot: false,
    amount: tonText(purchase.amount),
    item_title: `${purchase.quantity} Stars`,
    ...(!hasWallet && { need_ton: true }),
  }
}

const getBuyStarsLink: Method = async ({ fragment, params, isLoggedIn, hasWallet }) => {
  if (!isLoggedIn || !hasWallet) throw new FragmentError('Access denied')
  if (fragment.context.faults.take('fragment', 'need_verify')) return { ok: true, need_verify: true }
  if (params.text('transaction') !== '1') throw new FragmentError('Bad request')
  const purchase = requestOf(fragment, params)
  await fragment.link(purchase, await payer(params))
  return {
    ok: true,
    transaction: {
      validUntil: Math.floor(fragment.context.clock.now() / 1000) + LINK_VALID_SECONDS,
      from: purchase.from,
      messages: [await paymentMessage(purchase)],
    },
    confirm_method: 'confirmReq',
    confirm_params: { id: purchase.id },
  }
}

/** Tells Fragment of the message that was sent. The sandbox sees payments arrive and needs no telling. */
const confirmReq: Method = ({ fragment, params, isLoggedIn }) => {
  if (!isLoggedIn) throw new FragmentError('Access denied')
  requestOf(fragment, params)
  return { ok: true }
}

function requestOf(fragment: Fragment, params: Params): StarsPurchase {
  const purchase = fragment.find(params.text('id'))
  if (!purchase) throw new FragmentError('Request not found')
  return purchase
}

/** The address in `account`, as TON Connect describes a wallet. */
async function payer(params: Params): Promise<string> {
  try {
    const account = JSON.parse(params.text('account')) as { address?: unknown }
    return await rawAddress(String(account.address))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TonError) throw new FragmentError('Bad request')
    throw error
  }
}

async function paymentMessage({ amount, payload }: StarsPurchase): Promise<Record<string, unknown>> {
  const { Address } = await import('@ton/core')
  return { address: Address.parse(FRAGMENT_WALLET).toString(), amount: String(amount), payload }
}

export const FRAGMENT_METHODS: Readonly<Record<string, Method>> = {
  searchStarsRecipient,
  updateStarsBuyState,
  updateStarsPrices,
  initBuyStarsRequest,
  getBuyStarsLink,
  confirmReq,
}
