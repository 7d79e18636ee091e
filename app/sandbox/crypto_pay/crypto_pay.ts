import { randomBytes } from 'node:crypto'
import { CryptoPayError } from '#sandbox/crypto_pay/crypto_pay_error'
import { invoicePaid } from '#sandbox/crypto_pay/invoice_paid'
import type {
  CryptoInvoice,
  CryptoInvoiceFields,
  CryptoInvoiceStatus,
  CryptoPayApp,
  CryptoTransfer,
} from '#sandbox/crypto_pay/types'
import { invoiceView } from '#sandbox/crypto_pay/views'
import { ControlError } from '#sandbox/errors'
import { decimal, roundUp, times } from '#sandbox/services/decimal'
import { ASSETS, cryptoCodes } from '#sandbox/services/rates'
import type { ServiceContext } from '#sandbox/services/service'

export const CRYPTO_PAY_TOKEN = '10001:AAsandbox-crypto-pay-token'

/** Crypto Pay keeps three per cent of what comes in. */
const FEE_SHARE = decimal('0.03')
const FIRST_BALANCE = decimal('1000')

interface Snapshot {
  nextId: number
  apps: CryptoPayApp[]
  invoices: CryptoInvoice[]
  transfers: CryptoTransfer[]
}

/** Crypto Pay (@CryptoBot): apps, their invoices and money, and what the people who pay do. */
export class CryptoPay {
  #apps = new Map<string, CryptoPayApp>()
  #invoices = new Map<number, CryptoInvoice>()
  #transfers: CryptoTransfer[] = []
  #nextId: number
  #updateId = 0

  constructor(
    readonly context: ServiceContext,
    readonly firstId: number
  ) {
    this.#nextId = firstId
    this.addApp({ token: CRYPTO_PAY_TOKEN })
  }

  addApp({ token, name = 'Kontora', webhookUrl }: { token: string; name?: string; webhookUrl?: string }): CryptoPayApp {
    const id = Number.parseInt(token, 10)
    if (!(id > 0)) throw new ControlError(422, 'A token begins with the number of the app: 10001:AA...')
    const balances = new Map(cryptoCodes().map((code) => [code, FIRST_BALANCE]))
    const app: CryptoPayApp = { id, token, name, webhookUrl, balances }
    this.#apps.set(token, app)
    return app
  }

  appByToken(token: string): CryptoPayApp {
    const app = this.#apps.get(token)
    if (!app) throw new CryptoPayError('UNAUTHORIZED', 401)
    return app
  }

  create(app: CryptoPayApp, fields: CryptoInvoiceFields): CryptoInvoice {
    const createdAt = this.context.clock.now()
    const invoice: CryptoInvoice = {
      ...fields,
      id: this.#nextId++,
      hash: `IV${randomBytes(8).toString('base64url').replace(/[-_]/g, 'x')}`,
      appId: app.id,
      createdAt,
      ...(fields.expiresIn && { expiresAt: createdAt + fields.expiresIn * 1000 }),
    }
    this.#invoices.set(invoice.id, invoice)
    this.#changed()
    return invoice
  }

  statusOf({ paid, expiresAt }: CryptoInvoice): CryptoInvoiceStatus {
    if (paid) return 'paid'
    return expiresAt !== undefined && expiresAt <= this.context.clock.now() ? 'expired' : 'active'
  }

  /** By id, or by the hash in its address. */
  find(reference: number | string): CryptoInvoice {
    const id = Number(reference)
    const invoice =
      this.#invoices.get(id) ?? [...this.#invoices.values()].find(({ hash }) => hash === String(reference))
    if (!invoice) throw new ControlError(404, `Crypto Pay knows no invoice ${reference}.`)
    return invoice
  }

  /** The invoice as the API shows it. */
  invoice(reference: number | string): Record<string, unknown> {
    return invoiceView(this, this.find(reference))
  }

  /** Newest first; those of one app, or all. */
  all(app?: CryptoPayApp): CryptoInvoice[] {
    const invoices = [...this.#invoices.values()].reverse()
    return app ? invoices.filter(({ appId }) => appId === app.id) : invoices
  }

  /** Assets a person can choose from, with what each would cost. */
  prices(invoice: CryptoInvoice): { asset: string; amount: bigint }[] {
    const assets = invoice.currencyType === 'crypto' ? [invoice.currency] : invoice.acceptedAssets
    return assets.map((asset) => ({
      asset,
      amount: this.context.rates.convert(invoice.amount, invoice.currency, asset),
    }))
  }

  /** A person pays, always the exact amount: Crypto Pay moves it from wallet to wallet by itself. */
  pay(
    reference: number | string,
    options: { asset?: string; comment?: string; anonymously?: boolean } = {}
  ): CryptoInvoice {
    const invoice = this.find(reference)
    this.#assertPayable(invoice)
    const price = this.prices(invoice).find(({ asset }) => !options.asset || asset === options.asset)
    if (!price) throw new ControlError(409, `Invoice ${invoice.id} can't be paid in ${options.asset}.`)

    const fee = roundUp(times(price.amount, FEE_SHARE), ASSETS[price.asset].decimals)
    invoice.paid = {
      at: this.context.clock.now(),
      ...price,
      fee,
      usdRate: this.context.rates.usd(price.asset),
      anonymously: options.anonymously ?? false,
      ...(invoice.allowComments && options.comment && { comment: options.comment }),
    }
    const app = this.#appOf(invoice)
    app.balances.set(price.asset, (app.balances.get(price.asset) ?? 0n) + price.amount - fee)
    this.context.webhooks.send(invoicePaid(this, app, invoice, ++this.#updateId))
    this.#changed()
    return invoice
  }

  expire(reference: number | string): CryptoInvoice {
    const invoice = this.find(reference)
    this.#assertPayable(invoice)
    invoice.expiresAt = this.context.clock.now()
    this.#changed()
    return invoice
  }

  remove(app: CryptoPayApp, id: number): void {
    const invoice = this.#invoices.get(id)
    if (!invoice || invoice.appId !== app.id) throw new CryptoPayError('INVOICE_NOT_FOUND')
    if (invoice.paid) throw new CryptoPayError('INVOICE_ALREADY_PAID')
    this.#invoices.delete(id)
    this.#changed()
  }

  /** Each `spend_id` is accepted once in an app's life. */
  transfer(app: CryptoPayApp, transfer: Omit<CryptoTransfer, 'id' | 'appId' | 'completedAt'>): CryptoTransfer {
    if (this.transfers(app).some(({ spendId }) => spendId === transfer.spendId)) {
      throw new CryptoPayError('SPEND_ID_ALREADY_USED')
    }
    const available = app.balances.get(transfer.asset) ?? 0n
    if (available < transfer.amount) throw new CryptoPayError('INSUFFICIENT_FUNDS')
    app.balances.set(transfer.asset, available - transfer.amount)
    const done = { ...transfer, id: this.#nextId++, appId: app.id, completedAt: this.context.clock.now() }
    this.#transfers.push(done)
    this.#changed()
    return done
  }

  transfers(app: CryptoPayApp): CryptoTransfer[] {
    return this.#transfers.filter(({ appId }) => appId === app.id)
  }

  clear(): void {
    this.#invoices.clear()
    this.#transfers = []
    const [first] = this.#apps.values()
    this.#apps.clear()
    this.addApp(first)
  }

  snapshot(): Snapshot {
    const apps = [...this.#apps.values()]
    return { nextId: this.#nextId, apps, invoices: [...this.#invoices.values()], transfers: this.#transfers }
  }

  restore({ nextId, apps, invoices, transfers }: Snapshot): void {
    this.#nextId = Math.max(this.#nextId, nextId)
    for (const app of apps) this.#apps.set(app.token, app)
    this.#invoices = new Map(invoices.map((invoice) => [invoice.id, invoice]))
    this.#transfers = transfers
  }

  #appOf({ appId }: CryptoInvoice): CryptoPayApp {
    return [...this.#apps.values()].find(({ id }) => id === appId)!
  }

  #assertPayable(invoice: CryptoInvoice): void {
    const status = this.statusOf(invoice)
    if (status !== 'active') throw new ControlError(409, `Invoice ${invoice.id} is ${status}: it can't be paid.`)
  }

  #changed(): void {
    this.context.live.emit({ type: 'services' })
  }
}
