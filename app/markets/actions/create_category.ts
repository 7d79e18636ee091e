import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction, type Trx } from '#core/database/transaction'
import { ok, refuse } from '#core/result'
import { faultOfCategoryFields, slugOf, tidyCategory, type CategoryFields } from '#markets/editing/category_input'
import MarketCategory from '#markets/models/market_category'

/** Adds a category at the end. Refuses with `category_exists`, or as `faultOfCategoryFields` does. */
@inject()
export class CreateCategory {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  async handle({ actor, ...input }: CategoryFields & { actor: Actor }) {
    const fields = tidyCategory(input)
    const fault = faultOfCategoryFields(fields)
    if (fault) return fault

    return transaction(async (trx) => {
      const now = this.clock.now()
      const row = { slug: slugOf(fields.names.en!), position: await nextPosition(trx), createdAt: now, updatedAt: now }
      if (await MarketCategory.query({ client: trx }).where('slug', row.slug).first()) return refuse('category_exists')
      const created = await MarketCategory.create({ ...fields, ...row }, { client: trx })
      await this.audit.record(trx, {
        actor,
        action: 'market_category.created',
        subjectType: 'market_category',
        subjectId: created.id,
        after: { ...fields, slug: row.slug },
      })
      return ok(created)
    })
  }
}

async function nextPosition(trx: Trx): Promise<number> {
  const last = await trx.from('market_categories').max('position as position').first()
  return Number(last?.position ?? 0) + 1
}
