import i18nManager from '@adonisjs/i18n/services/main'
import type { TimelineItem, TimelineProvider } from '#core/contracts/timeline_source'
import { formatMoney } from '#core/money/format_money'
import { signed } from '#ledger/adjustments/money_notices'
import { correctionsOf } from '#ledger/history/corrections'
import { historyItem } from '#ledger/history/history_item'
import { historyAccounts, historyRows } from '#ledger/history/history_rows'

const KIND = 'money'

/** Everything that moved a customer's money. */
export class MoneyTimeline implements TimelineProvider {
  readonly kind = KIND

  async items(customerId: number, before: number, limit: number): Promise<TimelineItem[]> {
    const rows = await historyRows(await historyAccounts(customerId), { before, limit })
    const corrections = await correctionsOf(rows)
    const t = (key: string, params?: Record<string, string>) =>
      i18nManager.locale(i18nManager.defaultLocale).t(`panel.${key}`, params)
    return rows.map((row) => {
      const { transferId, at, kind, status, amount, balanceAfter } = historyItem(row, corrections)
      const title = t('timeline.money.title', { kind: t(`money.kinds.${kind}`), amount: signed(amount) })
      const balance = formatMoney(balanceAfter)
      return {
        ...{ at, kind: KIND, icon: amount.isNegative ? 'coin-off' : 'coin', title },
        detail: t('timeline.money.detail', { balance, status: t(`ledger.statuses.${status}`) }),
        link: { route: 'admin.ledger.transfers.show', params: [transferId] },
      }
    })
  }
}
