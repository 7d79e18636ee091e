import { inject } from '@adonisjs/core'
import i18nManager from '@adonisjs/i18n/services/main'
import ChainWallet from '#chain/models/chain_wallet'
import ChainWithdrawal from '#chain/models/chain_withdrawal'
import { ChainUnavailable } from '#chain/rpc/rpc_errors'
import { withdrawalsEnabled } from '#chain/settings'
import { WITHDRAWAL_APPROVAL } from '#chain/withdrawals/approval_values'
import { HeldUsdt, suffices } from '#chain/withdrawals/available'
import { Destinations } from '#chain/withdrawals/destinations'
import { Withdrawals } from '#chain/withdrawals/withdrawals'
import db from '@adonisjs/lucid/services/db'
import type { ApprovalHandler, PendingApproval } from '#core/contracts/approvals'
import { SYSTEM_ACTOR, type Actor } from '#core/contracts/audit'
import { Settings } from '#core/contracts/settings'
import type { Trx } from '#core/database/transaction'
import { formatMoney } from '#core/money/format_money'
import { ok, refuse, type Result } from '#core/result'
import Customer from '#customers/models/customer'

/** An admin agrees to a customer's withdrawal above the amount of the settings. */
@inject()
export class WithdrawalApproval implements ApprovalHandler {
  readonly action = WITHDRAWAL_APPROVAL
  readonly permission = 'withdrawals.decide'

  constructor(
    private withdrawals: Withdrawals,
    private destinations: Destinations,
    private held: HeldUsdt,
    private settings: Settings
  ) {}

  async describe({ subjectId }: PendingApproval) {
    const withdrawal = await ChainWithdrawal.findOrFail(Number(subjectId))
    const customer = await Customer.findOrFail(withdrawal.customerId)
    const amount = formatMoney(withdrawal.money)
    return {
      title: words('title', { amount, customer: customer.displayName }),
      facts: [
        { label: words('customer'), value: customer.displayName },
        { label: words('amount'), value: amount },
        { label: words('to'), value: withdrawal.toAddress },
      ],
      link: { route: 'admin.withdrawals.show', params: [withdrawal.reference] },
    }
  }

  async wisherOf(trx: Trx, { subjectId }: PendingApproval) {
    const { customerId } = await ChainWithdrawal.findOrFail(Number(subjectId), { client: trx })
    const { telegramId } = await Customer.findOrFail(customerId, { client: trx })
    return telegramId
  }

  /** What the chain says now. Refuses as Destinations does, `insufficient_usdt` or `chain_unavailable`. */
  async check({ subjectId }: PendingApproval): Promise<Result<unknown>> {
    const withdrawal = await ChainWithdrawal.findOrFail(Number(subjectId))
    const wallet = await ChainWallet.findOrFail(withdrawal.walletId)
    try {
      const destination = await this.destinations.check(withdrawal.toAddress, wallet)
      if (!destination.ok) return destination
      const { walletId, money: amount, id: exceptId } = withdrawal
      return await suffices(db.connection(), await this.held.of(wallet), { walletId, amount, exceptId })
    } catch (error) {
      if (error instanceof ChainUnavailable) return refuse('chain_unavailable')
      throw error
    }
  }

  /** Refuses `withdrawals_off`, `withdrawal_not_found`, `wrong_status {status}` or `customer_banned`. */
  async execute(trx: Trx, { subjectId }: PendingApproval, approver: Actor) {
    if (!(await this.settings.getIn(trx, withdrawalsEnabled))) return refuse('withdrawals_off')
    const withdrawal = await this.withdrawals.lock(trx, Number(subjectId))
    if (!withdrawal) return refuse('withdrawal_not_found')
    const { status, customerId } = withdrawal
    if (status !== 'awaiting_approval') return refuse('wrong_status', { status })
    const customer = await Customer.findOrFail(customerId, { client: trx })
    if (customer.isBanned) return refuse('customer_banned')
    await this.withdrawals.start(trx, withdrawal.merge({ status: 'waiting' }))
    await withdrawal.useTransaction(trx).save()
    await this.withdrawals.record(trx, withdrawal, { actor: approver, action: 'chain_withdrawal.approved' })
    return ok(withdrawal)
  }

  rejected(trx: Trx, approval: PendingApproval, actor: Actor) {
    return this.#end(trx, approval, actor, 'rejected')
  }

  expired(trx: Trx, approval: PendingApproval) {
    return this.#end(trx, approval, SYSTEM_ACTOR, 'expired')
  }

  async #end(trx: Trx, { subjectId }: PendingApproval, actor: Actor, reason: string) {
    const withdrawal = await this.withdrawals.lock(trx, Number(subjectId))
    if (withdrawal?.status !== 'awaiting_approval') return
    await this.withdrawals.become(trx, withdrawal, 'rejected', { reason })
    await this.withdrawals.record(trx, withdrawal, { actor, action: 'chain_withdrawal.rejected' })
  }
}

const words = (key: string, params?: Record<string, string>) =>
  i18nManager.locale(i18nManager.defaultLocale).t(`panel.approvals.withdrawal.${key}`, params)
