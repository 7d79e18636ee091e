import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Alerts } from '#core/contracts/alerts'
import { Settings } from '#core/contracts/settings'
import { formatMoney } from '#core/money/format_money'
import { Money } from '#core/money/money'
import { tonOf } from '#stars/pricing/terms'
import { fragmentDailyBudget, fragmentLowBalance, fragmentMaxPrice } from '#stars/settings'
import type { Attention } from '#stars/values'
import type TonWallet from '#ton/models/ton_wallet'
import { TonApi } from '#ton/ton_api'
import { TonPayments } from '#ton/ton_payments'

const DAY = 24 * 60 * 60 * 1000

/** Kept for fees of the network, nanoton. */
const FEES = 50_000_000n

const LOW_BALANCE = 'ton_wallet:fragment:low_balance'

/** What the wallet may pay, whatever a page asks of it. */
@inject()
export class SpendingGuard {
  constructor(
    private clock: Clock,
    private settings: Settings,
    private alerts: Alerts,
    private api: TonApi,
    private payments: TonPayments
  ) {}

  /** Why an amount (nanoton) for so many Stars is not to be paid now; null when it may be. */
  async objection(wallet: TonWallet, stars: number, amount: bigint): Promise<Attention | null> {
    const limit = tonOf(await this.settings.get(fragmentMaxPrice))
    if (amount > limit.minor * BigInt(stars)) return 'too_expensive'
    const budget = tonOf(await this.settings.get(fragmentDailyBudget))
    const spent = await this.payments.spentSince(wallet, startOfDay(this.clock.now()))
    if (spent.minor + amount > budget.minor) return 'over_budget'

    const balance = await this.watch(wallet)
    return balance < amount + FEES ? 'low_balance' : null
  }

  /** Tells admins when the wallet runs low, and when it does no more. Answers what it holds, in nanoton. */
  async watch({ address }: TonWallet): Promise<bigint> {
    const { balance } = await this.api.account(address)
    await this.#compare(balance)
    return balance
  }

  async #compare(left: bigint) {
    const low = tonOf(await this.settings.get(fragmentLowBalance))
    if (left >= low.minor) {
      await this.alerts.resolve(LOW_BALANCE)
      return
    }
    await this.alerts.raise({
      kind: 'orders',
      severity: 'warning',
      fingerprint: LOW_BALANCE,
      title: 'The wallet that pays Fragment runs low',
      details: { left: formatMoney(Money.of(left, 'TON')), alert_below: formatMoney(low) },
    })
  }
}

const startOfDay = (now: number) => now - (now % DAY)
