import { internal, SendMode, type Cell, type SenderArguments } from '@ton/core'
import { keyPairFromSeed } from '@ton/crypto'
import { TonClient, WalletContractV5R1 } from '@ton/ton'
import type { SandboxServer } from '#sandbox/server'
import { FRAGMENT_COOKIES } from '#sandbox/fragment/session'

/** A browser at the sandbox's Fragment and a wallet at its TON, with no code of the product. */
export class FragmentVisitor {
  cookies: Record<string, string> = { ...FRAGMENT_COOKIES }
  readonly #keys = keyPairFromSeed(Buffer.alloc(32, 7))
  readonly wallet = WalletContractV5R1.create({ publicKey: this.#keys.publicKey })
  readonly client: TonClient

  constructor(readonly sandbox: SandboxServer) {
    this.client = new TonClient({ endpoint: sandbox.services.TON_API_URL })
  }

  page() {
    const headers = { cookie: this.#cookieHeader }
    return fetch(`${this.sandbox.services.FRAGMENT_URL}/stars/buy`, { headers, redirect: 'manual' })
  }

  async hash(): Promise<string> {
    const page = await this.page()
    const text = await page.text()
    return /api\?hash=([0-9a-f]+)/.exec(text)![1]
  }

  async call(method: string, fields: Record<string, string> = {}, hash?: string) {
    const response = await fetch(`${this.sandbox.services.FRAGMENT_URL}/api?hash=${hash ?? (await this.hash())}`, {
      method: 'POST',
      headers: { cookie: this.#cookieHeader, 'x-requested-with': 'XMLHttpRequest' },
      body: new URLSearchParams({ ...fields, method }),
    })
    return (await response.json()) as any
  }

  /** Recipient, request and the message that pays it. */
  async order(username: string, quantity = 50) {
    const { found } = await this.call('searchStarsRecipient', { query: username, quantity: String(quantity) })
    const request = await this.call('initBuyStarsRequest', { recipient: found.recipient, quantity: String(quantity) })
    const account = JSON.stringify({ address: this.wallet.address.toRawString(), chain: '-239' })
    const link = await this.call('getBuyStarsLink', { id: request.req_id, transaction: '1', account, device: '{}' })
    return { request, message: link.transaction?.messages[0], link }
  }

  async transfer(seqno: number, messages: SenderArguments[], validUntil?: number): Promise<Cell> {
    return this.wallet.createTransfer({
      seqno,
      secretKey: this.#keys.secretKey,
      sendMode: SendMode.PAY_GAS_SEPARATELY,
      messages: messages.map((message) => internal({ bounce: true, ...message })),
      ...(validUntil && { timeout: validUntil }),
    })
  }

  send(transfer: Cell): Promise<void> {
    return this.client.open(this.wallet).send(transfer)
  }

  get #cookieHeader() {
    return Object.entries(this.cookies)
      .map(([name, value]) => `${name}=${value}`)
      .join('; ')
  }
}
