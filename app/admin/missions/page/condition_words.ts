import { RANKS } from '#markets/bettors/ranks'
import type { ConditionName } from '#markets/missions/conditions'
import type Mission from '#markets/models/mission'
import { formatNumber } from '#admin/shared/format'
import { panelText } from '#admin/shared/words'
import { allCategories } from '#admin/markets/page/categories'

/** `Bets in a category`. */
export const conditionName = (name: ConditionName) => panelText(`missions.conditions.${name}.name`)

export const rankName = (rank: string) => panelText(`missions.ranks.${rank}`)

export interface ConditionTexts {
  /** What a customer has to do: `Place 3 bets in Crypto`. */
  of(mission: Mission): string
}

/** Reads the categories once for a whole list. */
export async function conditionTexts(): Promise<ConditionTexts> {
  const categories = await allCategories()
  const names = new Map(categories.map((category) => [category.slug, category.nameIn('en')]))
  return { of: (mission) => sentenceOf(mission, names) }
}

function sentenceOf({ condition, parameters, target }: Mission, categories: Map<string, string>) {
  const rank = RANKS.find((each) => each.rank === parameters.rank)
  const key = parameters.in_a_row ? 'in_a_row' : 'text'
  return panelText(`missions.conditions.${condition}.${key}`, {
    ...{ target, count: formatNumber(target), min: formatNumber(Number(parameters.min ?? 0)) },
    category: categories.get(String(parameters.category)) ?? String(parameters.category ?? ''),
    ...{ rank: rank ? rankName(rank.rank) : '', wins: rank?.from ?? 0 },
  })
}
