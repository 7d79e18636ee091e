import type Market from '#markets/models/market'
import type MarketSettlement from '#markets/models/market_settlement'
import { panelText } from '#admin/shared/words'
import type { Step } from '#admin/shared/steps'
import { formatNumber } from '#admin/shared/format'

/** Where a market stands: draft, open, awaiting its result, settled. */
export function marketSteps(market: Market, settlements: MarketSettlement[], now: number): Step[] {
  const { status, createdAt, publishedAt, closedAt, endsAt, settledAt } = market
  const isOpen = status === 'active' && endsAt > now
  const isOver = status === 'resolved' || status === 'cancelled'
  return [
    status === 'draft'
      ? { text: words('draft'), state: 'current', hint: words('draft_hint') }
      : { text: words('draft'), state: 'done', at: createdAt },
    { text: words('open'), at: publishedAt, state: status === 'draft' ? 'todo' : isOpen ? 'current' : 'done' },
    {
      text: words(status === 'cancelled' ? 'cancelled' : 'result'),
      at: isOver ? (market.resolvedAt ?? market.cancelledAt) : status === 'closed' ? closedAt : null,
      state: isOver ? 'done' : status === 'closed' || (status === 'active' && !isOpen) ? 'current' : 'todo',
    },
    { text: words('settled'), at: settledAt, ...settling(settlements, settledAt) },
  ]
}

function settling(settlements: MarketSettlement[], settledAt: number | null): Pick<Step, 'state' | 'hint'> {
  const running = settlements.find(({ status, kind }) => status === 'running' && kind !== 'reverse')
  if (!running) return { state: settledAt === null ? 'todo' : 'done' }
  const progress = { done: formatNumber(running.doneBets), bets: formatNumber(running.bets) }
  return { state: 'current', hint: words('progress', progress) }
}

const words = (key: string, params: Record<string, string> = {}) => panelText(`markets.steps.${key}`, params)
