import i18nManager from '@adonisjs/i18n/services/main'
import type { TimelineItem, TimelineProvider } from '#core/contracts/timeline_source'
import Customer from '#customers/models/customer'

const KIND = 'profile'

/** When the customer came, and when Telegram stopped delivering to them. */
export class ProfileTimeline implements TimelineProvider {
  readonly kind = KIND

  async items(customerId: number, before: number, limit: number): Promise<TimelineItem[]> {
    const customer = await Customer.findOrFail(customerId)
    const t = (key: string) => i18nManager.locale(i18nManager.defaultLocale).t(`panel.timeline.profile.${key}`)
    const moments = [
      { at: customer.createdAt, icon: 'user-plus', title: t('joined') },
      { at: customer.startedAt, icon: 'player-play', title: t('started') },
      {
        at: customer.unreachableAt,
        icon: 'message-off',
        title: t('unreachable'),
        detail: customer.unreachableReason ?? undefined,
      },
      { at: customer.anonymisedAt, icon: 'eraser', title: t('anonymised') },
    ]
    return moments
      .filter((moment): moment is typeof moment & { at: number } => moment.at !== null && moment.at < before)
      .sort((one, other) => other.at - one.at)
      .slice(0, limit)
      .map((moment) => ({ kind: KIND, ...moment }))
  }
}
