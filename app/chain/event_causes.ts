import i18nManager from '@adonisjs/i18n/services/main'
import ChainEvent from '#chain/models/chain_event'
import type { CauseSource } from '#ledger/references/references'

/** Transfers that a contract told of, as the ledger's pages tell them. */
export const eventCauses: CauseSource = {
  type: 'chain_event',
  async causes(ids) {
    const events = await ChainEvent.findMany(ids.map(Number))
    const t = i18nManager.locale(i18nManager.defaultLocale)
    return new Map(
      events.map(({ id, blockNumber, txHash }) => {
        const title = t.t('panel.ledger.chain_event', { block: String(blockNumber) })
        return [String(id), { title, externalId: txHash, link: { route: 'admin.chain.events.index', params: [] } }]
      })
    )
  },
}
