import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { ok, refuse } from '#core/result'
import MarketCategory from '#markets/models/market_category'

/** Offers an archived category again. Refuses with `category_not_found` or `category_not_archived`. */
@inject()
export class RestoreCategory {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  async handle({ categoryId, actor }: { categoryId: number; actor: Actor }) {
    return transaction(async (trx) => {
      const category = await MarketCategory.query({ client: trx }).where('id', categoryId).forUpdate().first()
      if (!category) return refuse('category_not_found')
      if (category.archivedAt === null) return refuse('category_not_archived')
      await category.merge({ archivedAt: null, updatedAt: this.clock.now() }).save()
      await this.audit.record(trx, {
        actor,
        action: 'market_category.restored',
        subjectType: 'market_category',
        subjectId: category.id,
        after: { slug: category.slug },
      })
      return ok(category)
    })
  }
}
