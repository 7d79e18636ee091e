import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { ok, refuse } from '#core/result'
import MarketCategory from '#markets/models/market_category'

/** Puts the categories that are not archived in the order of `ids`. Refuses with `categories_changed` when those are not exactly them. */
@inject()
export class ReorderCategories {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  async handle({ ids, actor }: { ids: number[]; actor: Actor }) {
    return transaction(async (trx) => {
      const query = MarketCategory.query({ client: trx }).whereNull('archivedAt').orderBy('position').orderBy('id')
      const categories = await query.forUpdate()
      const before = categories.map(({ id }) => id)
      if (ids.length !== before.length || new Set(ids).size !== ids.length) return refuse('categories_changed')
      if (!ids.every((id) => before.includes(id))) return refuse('categories_changed')

      for (const category of categories) {
        await category.merge({ position: ids.indexOf(category.id) + 1, updatedAt: this.clock.now() }).save()
      }
      await this.audit.record(trx, {
        actor,
        action: 'market_category.reordered',
        subjectType: 'market_category',
        subjectId: ids[0] ?? 0,
        before: { order: before },
        after: { order: ids },
      })
      return ok()
    })
  }
}
