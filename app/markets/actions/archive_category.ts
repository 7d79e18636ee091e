import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { ok, refuse } from '#core/result'
import Market from '#markets/models/market'
import MarketCategory from '#markets/models/market_category'

/**
 * Takes a category out of the choices; markets that are over keep it. Refuses with `category_not_found`,
 * `category_archived`, or `category_in_use` while drafts or open markets are in it.
 */
@inject()
export class ArchiveCategory {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  async handle({ categoryId, actor }: { categoryId: number; actor: Actor }) {
    return transaction(async (trx) => {
      const category = await MarketCategory.query({ client: trx }).where('id', categoryId).forUpdate().first()
      if (!category) return refuse('category_not_found')
      if (category.archivedAt !== null) return refuse('category_archived')
      const using = await Market.query({ client: trx })
        .where('categoryId', categoryId)
        .whereIn('status', ['draft', 'active'])
        .first()
      if (using) return refuse('category_in_use')

      const now = this.clock.now()
      await category.merge({ archivedAt: now, updatedAt: now }).save()
      await this.audit.record(trx, {
        actor,
        action: 'market_category.archived',
        subjectType: 'market_category',
        subjectId: category.id,
        after: { slug: category.slug },
      })
      return ok(category)
    })
  }
}
