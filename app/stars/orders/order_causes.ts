import i18nManager from '@adonisjs/i18n/services/main'
import type { CauseSource } from '#ledger/references/references'

/** Orders as the ledger's pages tell them: transfers refer to them by their reference. */
export const orderCauses: CauseSource = {
  type: 'star_order',
  async causes(references) {
    const t = i18nManager.locale(i18nManager.defaultLocale)
    return new Map(
      references.map((reference) => [
        reference,
        {
          title: t.t('panel.audit.subjects.star_order', { id: reference }),
          link: { route: 'admin.stars.orders.show', params: [reference] },
        },
      ])
    )
  },
}
