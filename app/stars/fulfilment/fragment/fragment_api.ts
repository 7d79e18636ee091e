import type { PublicWalletFacts } from '#ton/wallet_facts'
import { FragmentRefusal, FragmentUnavailable } from '#stars/fulfilment/fragment/fragment_errors'
import type { FragmentAnswer, FragmentClient } from '#stars/fulfilment/fragment/fragment_client'

/** Fragment asks to prove who buys, which a person must do. */
export class VerificationNeeded extends Error {}

export interface StarsRequest {
  id: string
  /** What it costs, in nanoton; null when Fragment does not say so yet. */
  amount: string | null
}

export interface PaymentMessage {
  address: string
  /** Nanoton. */
  amount: string
  payload: string | null
}

const DEVICE = JSON.stringify({
  platform: 'browser',
  appName: 'telegram-wallet',
  appVersion: '1',
  maxProtocolVersion: 2,
  features: ['SendTransaction', { name: 'SendTransaction', maxMessages: 255 }],
})

/** Steps of buying Stars on Fragment, in the order of protocols.md. None of them moves money. */
export class FragmentApi {
  constructor(private readonly client: FragmentClient) {}

  visit(): Promise<void> {
    return this.client.visit()
  }

  /** The recipient as Fragment names them. Refuses a name that nobody has. */
  async findRecipient(username: string, quantity: number): Promise<string> {
    const { found } = await this.client.call('searchStarsRecipient', { query: username, quantity })
    return textOf((found as FragmentAnswer | undefined)?.recipient, 'recipient')
  }

  async request(recipient: string, quantity: number): Promise<StarsRequest> {
    await this.client.call('updateStarsBuyState', { mode: 'new', lv: 'false', dh: Date.UTC(2026, 0, 1) / 1000 })
    const answer = await this.client.call('initBuyStarsRequest', { recipient, quantity, payment_method: 'ton' })
    const amount = answer.amount === undefined ? null : nanoOf(String(answer.amount))
    return { id: textOf(answer.req_id, 'req_id'), amount }
  }

  /** The message that pays a request. */
  async link(id: string, wallet: PublicWalletFacts): Promise<PaymentMessage> {
    const account = JSON.stringify(wallet)
    const fields = { account, device: DEVICE, transaction: 1, id, show_sender: 0 }
    const answer = await this.client.call('getBuyStarsLink', fields)
    if (answer.need_verify) throw new VerificationNeeded('Fragment asks to verify the account')
    const transaction = answer.transaction as { messages?: FragmentAnswer[] } | undefined
    const messages = transaction?.messages ?? []
    if (messages.length !== 1) throw new FragmentUnavailable(`Fragment asks for ${messages.length} payments, not one`)
    const [{ address, amount, payload }] = messages
    if (!/^\d{1,16}$/.test(String(amount))) throw new FragmentUnavailable('Fragment names no amount to pay')
    return {
      address: textOf(address, 'address'),
      amount: String(amount),
      payload: payload ? String(payload) : null,
    }
  }

  /** Whether Fragment says that it has handed the Stars over. It need not know. */
  async isDone(id: string): Promise<boolean> {
    const answer = await this.client.call('updateStarsBuyState', { mode: 'processing', lv: 'false', dh: 0, id })
    return answer.mode === 'done'
  }
}

function textOf(value: unknown, name: string): string {
  if (typeof value === 'string' && value !== '' && value.length <= 500) return value
  if (typeof value === 'number') return String(value)
  throw new FragmentUnavailable(`Fragment's answer lacks "${name}"`)
}

/** An amount of TON as Fragment writes it: `1.2345`, in nanoton. */
function nanoOf(text: string): string {
  const match = /^(\d{1,7})(?:\.(\d{1,9})0*)?$/.exec(text.replaceAll(',', ''))
  if (!match) throw new FragmentRefusal(`Fragment asks "${text.slice(0, 30)}" for it`)
  return String(BigInt(match[1]) * 1_000_000_000n + BigInt((match[2] ?? '').padEnd(9, '0')))
}
