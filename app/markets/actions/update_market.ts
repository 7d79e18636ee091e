import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Audit, type Actor } from '#core/contracts/audit'
import { Settings } from '#core/contracts/settings'
import { transaction } from '#core/database/transaction'
import { ok, refuse } from '#core/result'
import { auditedMarket } from '#markets/editing/audited'
import { faultOfChange } from '#markets/editing/change'
import { freezeFee } from '#markets/editing/frozen_fee'
import {
  columnsOf,
  faultOfCategory,
  faultOfImage,
  faultOfMarket,
  tidy,
  type MarketFields,
  type MarketLimits,
} from '#markets/editing/market_input'
import Market from '#markets/models/market'

export interface UpdateMarketInput extends MarketFields, MarketLimits {
  marketId: number
  /** What the admin has seen of it. */
  revision: number
  actor: Actor
}

/**
 * Changes a draft or an open market. Once there are bets, what they were made on stays: refuses with
 * `market_has_bets` for its pricing or its fee. An open market that becomes a pool gets the fee of that moment. Refuses with `market_not_found`, `market_changed`,
 * `market_not_editable`, `market_ended` when the end has come, `date_in_past`, `category_not_found`,
 * `category_archived`, `image_not_found`, or as `faultOfMarket` does.
 */
@inject()
export class UpdateMarket {
  constructor(
    private clock: Clock,
    private audit: Audit,
    private settings: Settings
  ) {}

  async handle({ marketId, revision, actor, ...input }: UpdateMarketInput) {
    const fields = tidy(input)
    const fault = faultOfMarket(fields)
    if (fault) return fault

    return transaction(async (trx) => {
      const market = await Market.query({ client: trx }).where('id', marketId).forUpdate().first()
      if (!market) return refuse('market_not_found')
      if (market.revision !== revision) return refuse('market_changed')
      const now = this.clock.now()
      const wrong =
        faultOfChange(market, fields, now) ??
        (await faultOfCategory(trx, fields.categoryId, market.categoryId)) ??
        (await faultOfImage(trx, fields.imageKey))
      if (wrong) return wrong

      const before = auditedMarket(market)
      market.merge({ ...columnsOf(fields), revision: revision + 1, updatedAt: now })
      await freezeFee(this.settings, trx, market)
      await market.save()
      await this.audit.record(trx, {
        actor,
        action: 'market.updated',
        subjectType: 'market',
        subjectId: market.id,
        before,
        after: auditedMarket(market),
      })
      return ok(market)
    })
  }
}
