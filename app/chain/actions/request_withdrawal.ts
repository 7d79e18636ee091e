import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Chain } from '#chain/chain_config'
import ChainWallet from '#chain/models/chain_wallet'
import ChainWithdrawal from '#chain/models/chain_withdrawal'
import { ChainUnavailable } from '#chain/rpc/rpc_errors'
import {
  chainEnabled,
  usdtSetting,
  withdrawalApprovalAbove,
  withdrawalDailyLimit,
  withdrawalMinimum,
  withdrawalsEnabled,
  withdrawalsPerDay,
} from '#chain/settings'
import { WITHDRAWAL_APPROVAL, WITHDRAWAL_APPROVAL_LIFE_MS } from '#chain/withdrawals/approval_values'
import { HeldUsdt, suffices } from '#chain/withdrawals/available'
import { Destinations } from '#chain/withdrawals/destinations'
import { withdrawalsLately, withdrawnLately } from '#chain/withdrawals/withdrawal_sums'
import { Withdrawals } from '#chain/withdrawals/withdrawals'
import { Clock } from '#core/clock'
import { Alerts } from '#core/contracts/alerts'
import { Approvals } from '#core/contracts/approvals'
import type { Actor } from '#core/contracts/audit'
import { Settings } from '#core/contracts/settings'
import { transaction, type Trx } from '#core/database/transaction'
import { formatMoney } from '#core/money/format_money'
import { Money } from '#core/money/money'
import { newReference } from '#core/reference'
import { ok, refuse, type Result } from '#core/result'
import Customer from '#customers/models/customer'

export interface WithdrawalInput {
  /** Idempotency key: `withdrawal:update:900000017`. */
  key: string
  customerId: number
  /** An address as it was typed. */
  to: string
  /** USDT. */
  amount: Money
  actor: Actor
  /** A message of the bot that shows it and is edited as it goes on. */
  messageId?: number
}

/**
 * USDT from a customer's wallet to an address of their own: handed to the sender at once, or when the wallet has
 * finished what it does; above the amount of the settings once an admin has agreed. The treasury pays for gas.
 *
 * Refuses `chain_off`, `withdrawals_off`, `wallet_not_found`, `amount_not_positive`, `withdrawal_too_small {min}`, as
 * Destinations does, `insufficient_usdt {available, needed}`, `chain_unavailable`, `customer_banned`,
 * `withdrawals_per_day {limit}`, `withdrawal_daily_limit {limit, left}` or `idempotency_conflict`. Amounts in refusals
 * are decimals of USDT.
 */
@inject()
export class RequestWithdrawal {
  constructor(
    private chain: Chain,
    private clock: Clock,
    private settings: Settings,
    private destinations: Destinations,
    private held: HeldUsdt,
    private withdrawals: Withdrawals,
    private approvals: Approvals,
    private alerts: Alerts
  ) {}

  async run(input: WithdrawalInput): Promise<Result<ChainWithdrawal>> {
    if (!this.chain.config) return refuse('chain_off')
    const { chainId } = this.chain.config
    const { customerId, amount } = input
    const wallet = await ChainWallet.query().where({ chainId, customerId }).first()
    if (!wallet) return refuse('wallet_not_found')
    const earlier = await this.#earlier(input)
    if (earlier) return earlier
    if (amount.minor <= 0n) return refuse('amount_not_positive')

    try {
      const destination = await this.destinations.check(input.to, wallet)
      if (!destination.ok) return destination
      const held = await this.held.of(wallet)
      return await transaction((trx) => this.#request(trx, { ...input, to: destination.value }, wallet, held))
    } catch (error) {
      if (error instanceof ChainUnavailable) return refuse('chain_unavailable')
      throw error
    }
  }

  async #request(trx: Trx, input: WithdrawalInput, wallet: ChainWallet, held: Money) {
    const { customerId, amount, actor } = input
    const customer = await Customer.query({ client: trx }).where('id', customerId).forUpdate().firstOrFail()
    const earlier = await this.#earlier(input, trx)
    if (earlier) return earlier
    if (customer.isBanned) return refuse('customer_banned')
    const allowed = await this.#allowed(trx, input)
    if (!allowed.ok) return allowed
    const enough = await suffices(trx, held, { walletId: wallet.id, amount })
    if (!enough.ok) return enough

    const needsConsent = amount.compare(await usdtSetting(this.settings, withdrawalApprovalAbove, trx)) > 0
    const now = this.clock.now()
    const withdrawal = await ChainWithdrawal.create(
      {
        reference: newReference(),
        key: input.key,
        customerId,
        walletId: wallet.id,
        toAddress: input.to,
        amount: amount.minor,
        status: needsConsent ? 'awaiting_approval' : 'waiting',
        reason: null,
        approvalId: null,
        operationId: null,
        messageId: input.messageId ?? null,
        txHash: null,
        createdAt: now,
        updatedAt: now,
        finishedAt: null,
      },
      { client: trx }
    )
    await this.withdrawals.record(trx, withdrawal, { actor, action: 'chain_withdrawal.requested' })
    if (needsConsent) await this.#askAdmin(trx, withdrawal, now)
    else await this.withdrawals.start(trx, withdrawal)
    return ok(withdrawal)
  }

  async #allowed(trx: Trx, { customerId, amount }: WithdrawalInput): Promise<Result<void>> {
    if (!(await this.settings.getIn(trx, chainEnabled))) return refuse('chain_off')
    if (!(await this.settings.getIn(trx, withdrawalsEnabled))) return refuse('withdrawals_off')
    const min = await usdtSetting(this.settings, withdrawalMinimum, trx)
    if (amount.compare(min) < 0) return refuse('withdrawal_too_small', { min: min.toDecimal() })
    const now = this.clock.now()
    const most = await this.settings.getIn(trx, withdrawalsPerDay)
    if ((await withdrawalsLately(trx, customerId, now)) >= most) return refuse('withdrawals_per_day', { limit: most })
    const limit = await usdtSetting(this.settings, withdrawalDailyLimit, trx)
    const left = limit.subtract(await withdrawnLately(trx, customerId, now))
    if (amount.compare(left) <= 0) return ok()
    const shown = left.isNegative ? Money.zero('USDT') : left
    return refuse('withdrawal_daily_limit', { limit: limit.toDecimal(), left: shown.toDecimal() })
  }

  async #askAdmin(trx: Trx, withdrawal: ChainWithdrawal, now: number) {
    const { id, reference, money, toAddress } = withdrawal
    const approvalId = await this.approvals.request(trx, {
      action: WITHDRAWAL_APPROVAL,
      subjectType: 'chain_withdrawal',
      subjectId: id,
      payload: { withdrawalId: id },
      requestedBy: null,
      expiresAt: now + WITHDRAWAL_APPROVAL_LIFE_MS,
    })
    await this.withdrawals.become(trx, withdrawal.merge({ approvalId }), 'awaiting_approval')
    await this.alerts.announceIn(trx, {
      kind: 'chain',
      severity: 'warning',
      fingerprint: `withdrawal:${reference}`,
      title: `A withdrawal of ${formatMoney(money)} waits for an admin`,
      details: { withdrawal: reference, to: toAddress, next: 'Approve or reject it on the panel’s page Approvals' },
    })
  }

  /** The same key asked for the same is the same withdrawal. */
  async #earlier({ key, customerId, to, amount }: WithdrawalInput, trx?: Trx): Promise<Result<ChainWithdrawal> | null> {
    const withdrawal = await ChainWithdrawal.query({ client: trx ?? db.connection() })
      .where('key', key)
      .first()
    if (!withdrawal) return null
    const isSame =
      withdrawal.customerId === customerId &&
      withdrawal.money.equals(amount) &&
      withdrawal.toAddress.toLowerCase() === to.trim().toLowerCase()
    return isSame ? ok(withdrawal) : refuse('idempotency_conflict')
  }
}
