import { TelegramRefusal, TelegramUnreachable, type TelegramGateway } from '#core/contracts/telegram_gateway'
import type {
  CreatedInvoice,
  InvoiceOrder,
  PaymentProvider,
  ProviderInvoice,
  RefundOrder,
  RefundOutcome,
} from '#payments/providers/payment_provider'
import { starPaymentWord } from '#payments/stars/star_payment'
import { ProviderRefusal, ProviderUnreachable } from '#payments/providers/provider_errors'

const NAME = 'telegram_stars'
const CURRENCY = 'XTR'
const TITLE_MAX = 32
const DESCRIPTION_MAX = 255
const PAGE = 100
/** A row of getStarTransactions, as far as we read it. A refund is a second row with the same id and a receiver. */
export interface StarTransaction {
  id: string
  amount: number
  date: number
  source?: { type: string; user?: { id: number }; invoice_payload?: string }
  receiver?: { type: string; user?: { id: number }; invoice_payload?: string }
}

/**
 * Telegram Stars: https://core.telegram.org/bots/payments-stars. The link may be made any number of times, since the
 * bot consents to each payment before it happens; the reference stands for the id, the charge id names the payment.
 */
export class TelegramStars implements PaymentProvider {
  readonly name = NAME
  readonly currencies = ['STARS'] as const
  readonly most = 100_000n
  readonly isCreateRepeatable = true

  /** A charge that was refunded before is refused by name. */
  readonly refunds = {
    isRepeatable: true,
    needsAddress: false,
    canSendPart: false,
    send: (order: RefundOrder) => this.#refund(order),
  }

  constructor(
    private readonly telegram: TelegramGateway,
    private readonly since: () => Promise<number> = async () => 0
  ) {}

  async create({ reference, charge, description }: InvoiceOrder): Promise<CreatedInvoice> {
    const title = description.slice(0, TITLE_MAX)
    const url = await this.#call<string>('createInvoiceLink', {
      title,
      description: description.slice(0, DESCRIPTION_MAX),
      payload: reference,
      provider_token: '',
      currency: CURRENCY,
      prices: [{ label: title, amount: Number(charge.minor) }],
    })
    return { id: reference, url, raw: { url } }
  }

  async find(reference: string): Promise<ProviderInvoice[]> {
    const found = await this.fetch(reference)
    return found ? [found] : []
  }

  /**
   * Telegram knows payments, not invoices: null until one has come. What lies before `since` is in our books, so that
   * only what is new is looked through.
   */
  async fetch(reference: string): Promise<ProviderInvoice | null> {
    for (let offset = await this.since(); ;) {
      const rows = await this.transactions(offset)
      const payment = rows.find(({ source }) => source?.invoice_payload === reference)
      if (payment) return toProviderInvoice(payment, reference)
      if (rows.length < PAGE) return null
      offset += rows.length
    }
  }

  /** A page of all movements of the bot's Stars, in chronological order. */
  async transactions(offset: number): Promise<StarTransaction[]> {
    const { transactions } = await this.#call<{ transactions: StarTransaction[] }>('getStarTransactions', {
      offset,
      limit: PAGE,
    })
    return transactions
  }

  async #refund({ telegramId, paymentId }: RefundOrder): Promise<RefundOutcome> {
    try {
      await this.#call('refundStarPayment', { user_id: telegramId, telegram_payment_charge_id: paymentId })
    } catch (error) {
      if (!(error instanceof ProviderRefusal && error.code.includes('CHARGE_ALREADY_REFUNDED'))) throw error
    }
    return { status: 'sent', id: paymentId }
  }

  async #call<T>(method: string, payload: Record<string, unknown>): Promise<T> {
    try {
      return await this.telegram.call<T>(method, payload, { timeoutMs: 10_000 })
    } catch (error) {
      if (error instanceof TelegramRefusal) {
        throw new ProviderRefusal(NAME, error.description, error.code === 429 || error.code >= 500)
      }
      if (error instanceof TelegramUnreachable) throw new ProviderUnreachable(NAME, error.message)
      throw error
    }
  }
}

const toProviderInvoice = ({ id, amount, date, source }: StarTransaction, payload: string) =>
  starPaymentWord({ telegramId: source!.user!.id, payload, chargeId: id, stars: amount, paidAt: date * 1000 })
