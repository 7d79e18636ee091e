import { inject } from '@adonisjs/core'
import { Alerts } from '#core/contracts/alerts'
import { Settings } from '#core/contracts/settings'
import type { Trx } from '#core/database/transaction'
import { formatMoney } from '#core/money/format_money'
import type StarOrder from '#stars/models/star_order'
import { alertNewOrders } from '#stars/settings'
import type { Attention } from '#stars/values'

const ADVICE: Record<Attention, string> = {
  outcome_unknown: 'Look whether the recipient has the Stars, then mark it delivered or refund it',
  session_expired: 'Log in to Fragment and store its cookies anew',
  verification_needed: 'Verify the account on Fragment, or deliver it by hand',
  over_budget: 'Raise the daily budget, wait for tomorrow (UTC), or deliver it by hand',
  low_balance: 'Send TON to the wallet, or deliver it by hand',
  too_expensive: 'Raise the limit for a Star, or deliver it by hand',
  not_configured: 'Store cookies and wallet of Fragment, or deliver it by hand',
  refund_refused: 'See why on its page, then refund it',
  keeps_failing: 'See its page, then try again, deliver it by hand or refund it',
}

/** What admins hear of orders: one that waits for their hand, and one that is stuck. */
@inject()
export class OrderAlerts {
  constructor(
    private alerts: Alerts,
    private settings: Settings
  ) {}

  async toDeliver(trx: Trx, order: StarOrder) {
    if (!(await this.settings.getIn(trx, alertNewOrders))) return
    await this.alerts.announceIn(trx, {
      kind: 'orders',
      severity: 'info',
      fingerprint: fingerprintOf(order, 'deliver'),
      title: `Order ${order.reference}: deliver ${order.delivered} Stars`,
      details: {
        recipient: order.recipientUsername ? `@${order.recipientUsername}` : 'the customer',
        ...factsOf(order),
      },
    })
  }

  async needsAttention(trx: Trx, order: StarOrder, attention: Attention) {
    await this.alerts.raiseIn(trx, {
      kind: 'orders',
      severity: 'warning',
      fingerprint: fingerprintOf(order, 'attention'),
      title: `Order ${order.reference} waits for a person: ${attention.replaceAll('_', ' ')}`,
      details: { ...factsOf(order), next: ADVICE[attention] },
    })
  }

  /** A person had ended the order when the chain took its payment, or may have: told once, nothing stays open. */
  async paidAfterEnd(trx: Trx, order: StarOrder, outcome: 'confirmed' | 'unknown') {
    await this.alerts.announceIn(trx, {
      kind: 'orders',
      severity: 'warning',
      fingerprint: fingerprintOf(order, 'paid_after_end'),
      title: `Order ${order.reference} is ${order.status}, and Fragment ${outcome === 'confirmed' ? 'was' : 'may have been'} paid for it`,
      details: { ...factsOf(order), next: 'Look whether the recipient has the Stars all the same' },
    })
  }

  /** Somebody has dealt with it. After the commit: it may be told again, never forgotten. */
  async over(order: StarOrder) {
    await this.alerts.resolve(fingerprintOf(order, 'attention'))
  }
}

const fingerprintOf = (order: StarOrder, what: 'deliver' | 'attention' | 'paid_after_end') =>
  `star_order:${order.reference}:${what}`

const factsOf = (order: StarOrder) => ({ stars: order.delivered, price: formatMoney(order.total) })
