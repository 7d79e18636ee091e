import type ChainOperation from '#chain/models/chain_operation'
import { formatMoney } from '#core/money/format_money'
import type { ChainMoment } from '#admin/chain/page/operation_events'
import type { AskedDraw, RaffleDetail } from '#admin/raffles/page/raffle_detail'
import { shortened } from '#admin/shared/chain_values'
import { formatNumber } from '#admin/shared/format'
import { panelText, reasonText } from '#admin/shared/words'

/** Everything that happened to a round, newest first; of what happened at once, the consequence first. */
export function raffleEvents({ raffle, draws, claims, winner }: RaffleDetail): ChainMoment[] {
  return [
    ...claims.flatMap(claimMoments),
    ...won(raffle, winner?.displayName),
    ...requested(raffle),
    ...draws.flatMap(drawMoments),
    { at: raffle.openedAt, icon: 'ticket', title: words('opened'), detail: blockText(raffle.openedBlock) },
  ].sort((one, other) => other.at - one.at)
}

function won({ finishedAt, winnerKey, prizeMoney, closedBlock }: RaffleDetail['raffle'], name?: string): ChainMoment[] {
  if (finishedAt === null || winnerKey === null) return []
  const winner = name ?? shortened(winnerKey)
  const title = words('won', { winner, prize: prizeMoney ? formatMoney(prizeMoney) : '-' })
  return [
    {
      at: finishedAt,
      icon: 'trophy',
      tone: 'success',
      title,
      detail: closedBlock === null ? undefined : blockText(closedBlock),
    },
  ]
}

function requested({ requestedAt, requestedBlock }: RaffleDetail['raffle']): ChainMoment[] {
  if (requestedAt === null) return []
  const detail = requestedBlock === null ? undefined : blockText(requestedBlock)
  return [{ at: requestedAt, icon: 'dice-5', tone: 'info', title: words('requested'), detail }]
}

function drawMoments(draw: AskedDraw): ChainMoment[] {
  const { cause, status, reason, operation } = draw
  const link = operation === null ? undefined : { route: 'admin.chain.operations.show', params: [operation] }
  const by = cause === 'admin' || cause === 'api' ? draw.requested_by_name : undefined
  const asked = { at: draw.created_at, icon: 'player-play', title: words(`asked.${cause}`), detail: by, link }
  if (status !== 'failed' || draw.finished_at === null) return [asked]
  const detail = reason === null ? undefined : reasonText(reason)
  return [{ at: draw.finished_at, icon: 'circle-x', tone: 'danger', title: words('draw_failed'), detail, link }, asked]
}

function claimMoments(claim: ChainOperation): ChainMoment[] {
  const { reference, status, reason, createdAt, finishedAt } = claim
  const link = { route: 'admin.chain.operations.show', params: [reference] }
  const asked = { at: createdAt, icon: 'player-play', title: words('claim_asked'), link }
  if (finishedAt === null) return [asked]
  if (status === 'confirmed')
    return [{ at: finishedAt, icon: 'circle-check', tone: 'success', title: words('claim_paid'), link }, asked]
  const detail = reason === null ? undefined : reasonText(reason)
  return [{ at: finishedAt, icon: 'circle-x', tone: 'danger', title: words('claim_failed'), detail, link }, asked]
}

const blockText = (number: number) => panelText('chain.block', { number: formatNumber(number) })

const words = (key: string, params: Record<string, string> = {}) => panelText(`raffles.events.${key}`, params)
