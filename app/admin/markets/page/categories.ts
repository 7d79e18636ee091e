import MarketCategory from '#markets/models/market_category'

/** In the order of the bot; archived ones last. */
export async function allCategories() {
  const categories = await MarketCategory.query().orderBy('position').orderBy('id')
  return categories.toSorted((one, other) => Number(one.archivedAt !== null) - Number(other.archivedAt !== null))
}

/** Choices of a form or a filter; `kept` is offered though it may be archived. */
export const categoryOptions = (categories: MarketCategory[], kept?: number) =>
  categories.filter(({ id, archivedAt }) => archivedAt === null || id === kept).map(optionOf)

export const optionOf = (category: MarketCategory) => ({
  value: category.id,
  text: `${category.emoji} ${category.nameIn('en')}`,
})
