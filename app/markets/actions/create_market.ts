import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { newReference } from '#core/reference'
import { ok, refuse } from '#core/result'
import { auditedMarket } from '#markets/editing/audited'
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

export interface CreateMarketInput extends MarketFields, MarketLimits {
  actor: Actor
}

/**
 * Makes a draft, which nobody but admins sees. Refuses with `date_in_past`, `category_not_found`, `category_archived`,
 * `image_not_found`, or as `faultOfMarket` does.
 */
@inject()
export class CreateMarket {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  async handle({ actor, ...input }: CreateMarketInput) {
    const fields = tidy(input)
    const fault = faultOfMarket(fields)
    if (fault) return fault
    const now = this.clock.now()
    if (fields.endsAt <= now) return refuse('date_in_past')

    return transaction(async (trx) => {
      const wrong = (await faultOfCategory(trx, fields.categoryId)) ?? (await faultOfImage(trx, fields.imageKey))
      if (wrong) return wrong
      const createdBy = actor.type === 'admin' ? actor.id : null
      const row = { reference: newReference(), createdBy, createdByName: actor.name, createdAt: now, updatedAt: now }
      const created = await Market.create({ ...columnsOf(fields), ...row, status: 'draft' }, { client: trx })
      const market = await created.refresh()
      await this.audit.record(trx, {
        actor,
        action: 'market.created',
        subjectType: 'market',
        subjectId: market.id,
        after: auditedMarket(market),
      })
      return ok(market)
    })
  }
}
