import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Settings } from '#core/contracts/settings'
import { transaction, type Trx } from '#core/database/transaction'
import { Money } from '#core/money/money'
import { DeliveryProvider, type StepOutcome } from '#stars/fulfilment/delivery_provider'
import { Fulfilments } from '#stars/fulfilment/fulfilments'
import { FragmentGateway } from '#stars/fulfilment/fragment/fragment_gateway'
import { SpendingGuard } from '#stars/fulfilment/fragment/spending_guard'
import { outcomeOfError } from '#stars/fulfilment/fragment/outcome_of_error'
import type StarFulfilment from '#stars/models/star_fulfilment'
import type { FragmentProgress } from '#stars/models/star_fulfilment'
import type StarOrder from '#stars/models/star_order'
import { OrderBook } from '#stars/orders/order_book'
import { OrderPostings } from '#stars/orders/postings'
import { fragmentConfirmation } from '#stars/settings'
import type { Attention, FulfilmentState } from '#stars/values'
import { TonPayments } from '#ton/ton_payments'
import { walletFacts } from '#ton/wallet_facts'
import { WalletVault } from '#ton/wallet_vault'

const SECOND = 1000
const MINUTE = 60 * SECOND

/** Between two looks at a payment, or at what Fragment says of it. */
const LOOK_MS = 5 * SECOND

/** Fragment hands Stars over within seconds; when it has said nothing for so long, a person looks. */
const SILENCE_MS = 10 * MINUTE

/** A payment that Fragment's contract does not take is back by then. */
const BOUNCE_MS = MINUTE

/** Fragment's requests and links lose their value: one that was not paid by then is made anew. */
const REQUEST_LIFE_MS = 5 * MINUTE

/** Payments that the chain took without paying, before a person looks. */
const MOST_REJECTIONS = 3

const WALLET = 'fragment'

/**
 * Buys Stars on Fragment for a username: recipient, request, link, payment in TON, confirmation. Each step is kept
 * before the next, and only the payment has an effect outside: it is signed and kept once, sent as it is until the
 * chain has it, and never signed anew while the former could still get there. See ADR 0011.
 */
@inject()
export class FragmentDelivery extends DeliveryProvider {
  readonly name = 'fragment'

  constructor(
    private clock: Clock,
    private settings: Settings,
    private book: OrderBook,
    private fulfilments: Fulfilments,
    private gateway: FragmentGateway,
    private vault: WalletVault,
    private payments: TonPayments,
    private guard: SpendingGuard,
    private postings: OrderPostings
  ) {
    super()
  }

  async begin() {}

  async step(order: StarOrder, fulfilment: StarFulfilment): Promise<StepOutcome> {
    try {
      return await this.#step(order, fulfilment)
    } catch (error) {
      return outcomeOfError(error, fulfilment.failures)
    }
  }

  #step(order: StarOrder, fulfilment: StarFulfilment): Promise<StepOutcome> {
    switch (fulfilment.state) {
      case 'queued':
        return this.#findRecipient(order, fulfilment)
      case 'recipient_found':
        return this.#request(order, fulfilment)
      case 'requested':
        return this.#link(order, fulfilment)
      case 'linked':
        return this.#pay(order, fulfilment)
      case 'paying':
        return this.#pursue(order, fulfilment)
      case 'paid':
        return this.#confirm(fulfilment)
      default:
        throw new Error(`A delivery through Fragment is not "${fulfilment.state}"`)
    }
  }

  async #findRecipient(order: StarOrder, fulfilment: StarFulfilment) {
    const username = order.recipientUsername!
    const recipient = await this.gateway.ask((api) => api.findRecipient(username, order.delivered))
    return this.#keep(order, fulfilment, 'recipient_found', { recipient })
  }

  async #request(order: StarOrder, fulfilment: StarFulfilment) {
    const { recipient } = fulfilment.progress
    const { id, amount } = await this.gateway.ask((api) => api.request(recipient!, order.delivered))
    const requestAmount = amount ?? undefined
    return this.#keep(order, fulfilment, 'requested', { requestId: id, requestAmount, requestedAt: this.clock.now() })
  }

  async #link(order: StarOrder, fulfilment: StarFulfilment) {
    const wallet = await this.vault.current(WALLET)
    if (!wallet) return person('not_configured')
    const facts = await walletFacts(wallet.publicKey)
    const message = await this.gateway.ask((api) => api.link(fulfilment.progress.requestId!, facts))
    return this.#keep(order, fulfilment, 'linked', { message })
  }

  /**
   * Signs and keeps; nothing is sent before it is kept. Whatever a person was called for is over in the same moment:
   * from the signature on nobody refunds the order by that call.
   */
  async #pay(order: StarOrder, fulfilment: StarFulfilment): Promise<StepOutcome> {
    const { message, requestedAt, transferAttempt = 0 } = fulfilment.progress
    if (this.clock.now() - (requestedAt ?? 0) > REQUEST_LIFE_MS)
      return this.#keep(order, fulfilment, 'recipient_found', {})
    const wallet = await this.vault.current(WALLET)
    if (!wallet) return person('not_configured')
    const payment = { destination: message!.address, amount: BigInt(message!.amount), payload: message!.payload }
    const objection = await this.guard.objection(wallet, order.delivered, payment.amount)
    if (objection) return person(objection)

    const prepared = await this.payments.prepare(wallet, payment)
    if (!prepared) return { kind: 'wait', forMs: LOOK_MS }
    return transaction(async (trx) => {
      const current = await this.#current(trx, order, fulfilment)
      if (!current) return { kind: 'wait', forMs: 0 }
      const attempt = transferAttempt + 1
      const transfer = await this.payments.keep(trx, `star_fulfilment:${fulfilment.id}`, attempt, prepared)
      if (!transfer) return { kind: 'wait', forMs: LOOK_MS }
      await this.fulfilments.advance(trx, current, 'paying', { transferId: transfer.id, transferAttempt: attempt })
      await this.book.clearAttention(trx, order.id)
      return { kind: 'next' }
    })
  }

  async #pursue(order: StarOrder, fulfilment: StarFulfilment): Promise<StepOutcome> {
    const outcome = await this.payments.pursue(fulfilment.progress.transferId!)
    switch (outcome) {
      case 'pending':
        return { kind: 'wait', forMs: LOOK_MS }
      case 'confirmed':
        return this.#paid(order, fulfilment)
      case 'rejected':
        await this.#keep(order, fulfilment, 'recipient_found', {})
        return person(fulfilment.progress.transferAttempt! < MOST_REJECTIONS ? 'low_balance' : 'keeps_failing')
      case 'expired':
        return this.#keep(order, fulfilment, 'recipient_found', {})
      case 'unknown':
        return person('outcome_unknown')
    }
  }

  #paid(order: StarOrder, fulfilment: StarFulfilment) {
    const cost = Money.of(BigInt(fulfilment.progress.message!.amount), 'TON')
    return this.#keep(order, fulfilment, 'paid', { paidAt: this.clock.now() }, (trx) =>
      this.postings.cost(trx, order, fulfilment, cost)
    )
  }

  async #confirm({ progress }: StarFulfilment): Promise<StepOutcome> {
    const silence = this.clock.now() - progress.paidAt!
    const trustsChain = (await this.settings.get(fragmentConfirmation)) === 'chain'
    if (!trustsChain && (await this.gateway.ask((api) => api.isDone(progress.requestId!)))) return { kind: 'delivered' }
    if (await this.payments.cameBack(progress.transferId!)) return person('outcome_unknown')
    if (trustsChain && silence >= BOUNCE_MS) return { kind: 'delivered' }
    return silence < SILENCE_MS ? { kind: 'wait', forMs: LOOK_MS } : person('outcome_unknown')
  }

  async #keep(
    order: StarOrder,
    fulfilment: StarFulfilment,
    state: FulfilmentState,
    learned: FragmentProgress,
    also?: (trx: Trx) => Promise<void>
  ): Promise<StepOutcome> {
    return transaction(async (trx) => {
      const current = await this.#current(trx, order, fulfilment)
      if (!current) return { kind: 'wait', forMs: 0 }
      await also?.(trx)
      await this.fulfilments.advance(trx, current, state, learned)
      fulfilment.version = current.version
      return { kind: 'next' }
    })
  }

  /** The attempt as it was read; null when somebody has gone on meanwhile, who is right. */
  async #current(trx: Trx, { id }: StarOrder, { id: fulfilmentId, version }: StarFulfilment) {
    const order = await this.book.lock(trx, id)
    const open = order?.status === 'fulfilling' ? await this.fulfilments.open(trx, id) : null
    return open?.id === fulfilmentId && open.version === version ? open : null
  }
}

const person = (attention: Attention): StepOutcome => ({ kind: 'person', attention, forMs: 10 * MINUTE })
