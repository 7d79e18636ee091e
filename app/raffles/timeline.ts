import i18nManager from '@adonisjs/i18n/services/main'
import type { TimelineItem, TimelineProvider } from '#core/contracts/timeline_source'
import { formatMoney } from '#core/money/format_money'
import Raffle from '#raffles/models/raffle'
import RaffleEntry from '#raffles/models/raffle_entry'
import type { EntryStatus } from '#raffles/values'

const KIND = 'raffles'

/** A step of an entry that has a moment of its own. */
const STEPS: ReadonlyArray<[EntryStatus, 'createdAt' | 'confirmedAt' | 'failedAt']> = [
  ['pending', 'createdAt'],
  ['confirmed', 'confirmedAt'],
  ['failed', 'failedAt'],
]

/** A customer's entries, and the rounds they won. */
export class RafflesTimeline implements TimelineProvider {
  readonly kind = KIND

  async items(customerId: number, before: number, limit: number): Promise<TimelineItem[]> {
    const found = await Promise.all([
      ...STEPS.map((step) => entries(customerId, before, limit, step)),
      wins(customerId, before, limit),
    ])
    return found
      .flat()
      .sort((one, other) => other.at - one.at)
      .slice(0, limit)
  }
}

async function entries(
  customerId: number,
  before: number,
  limit: number,
  [status, moment]: (typeof STEPS)[number]
): Promise<TimelineItem[]> {
  const rows = await RaffleEntry.query()
    .where('customerId', customerId)
    .where(moment, '<', before)
    .preload('raffle')
    .orderBy(moment, 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
  return rows.map((entry) => ({
    at: entry[moment]!,
    kind: KIND,
    icon: 'ticket',
    title: words(status),
    detail: words('entry_detail', { reference: entry.reference, fee: formatMoney(entry.money) }),
    ...(entry.raffle && { link: linkTo(entry.raffle) }),
  }))
}

async function wins(customerId: number, before: number, limit: number): Promise<TimelineItem[]> {
  const rounds = await Raffle.query()
    .where('winnerCustomerId', customerId)
    .where('finishedAt', '<', before)
    .orderBy('finishedAt', 'desc')
    .limit(limit)
  return rounds.map((raffle) => ({
    at: raffle.finishedAt!,
    kind: KIND,
    icon: 'trophy',
    title: words('won'),
    detail: words('won_detail', {
      round: String(raffle.round),
      prize: raffle.prizeMoney ? formatMoney(raffle.prizeMoney) : '',
    }),
    link: linkTo(raffle),
  }))
}

const linkTo = ({ reference }: Raffle) => ({ route: 'admin.raffles.show', params: [reference] })

const words = (key: string, params?: Record<string, string>) =>
  i18nManager.locale(i18nManager.defaultLocale).t(`panel.timeline.raffles.${key}`, params)
