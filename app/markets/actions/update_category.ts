import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { ok, refuse } from '#core/result'
import { faultOfCategoryFields, tidyCategory, type CategoryFields } from '#markets/editing/category_input'
import MarketCategory from '#markets/models/market_category'

/** Renames a category; its slug stays. Refuses with `category_not_found`, or as `faultOfCategoryFields` does. */
@inject()
export class UpdateCategory {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  async handle({ categoryId, actor, ...input }: CategoryFields & { categoryId: number; actor: Actor }) {
    const fields = tidyCategory(input)
    const fault = faultOfCategoryFields(fields)
    if (fault) return fault

    return transaction(async (trx) => {
      const category = await MarketCategory.query({ client: trx }).where('id', categoryId).forUpdate().first()
      if (!category) return refuse('category_not_found')
      const before = { emoji: category.emoji, names: category.names }
      await category.merge({ ...fields, updatedAt: this.clock.now() }).save()
      await this.audit.record(trx, {
        actor,
        action: 'market_category.updated',
        subjectType: 'market_category',
        subjectId: category.id,
        before,
        after: { ...fields },
      })
      return ok(category)
    })
  }
}
