import { formatMoney } from '#core/money/format_money'
import { LANGUAGES } from '#customers/languages'
import { RANKS } from '#markets/bettors/ranks'
import { CONDITIONS, type ConditionName, type MissionParameter } from '#markets/missions/conditions'
import { LONGEST_DESCRIPTION, LONGEST_TITLE } from '#markets/missions/mission_input'
import type Mission from '#markets/models/mission'
import { allCategories } from '#admin/markets/page/categories'
import { conditionName, rankName } from '#admin/missions/page/condition_words'

/** What the form of a mission shows: a new one that counts `condition`, or what there is. */
export async function missionEditor(condition: ConditionName, mission: Mission | null) {
  const parameters: readonly MissionParameter[] = CONDITIONS[condition].parameters
  return {
    ...{ mission, condition, parameters, languages: LANGUAGES, conditionName: conditionName(condition) },
    ...{ titleMax: LONGEST_TITLE, descriptionMax: LONGEST_DESCRIPTION },
    reward: mission ? formatMoney(mission.rewardMoney, { currency: false }) : '',
    categories: await categoryChoices(mission?.parameters.category),
    ranks: RANKS.map(({ rank }) => ({ value: rank, text: rankName(rank) })),
  }
}

/** By slug; an archived one only where the mission has it. */
async function categoryChoices(kept: unknown) {
  const categories = await allCategories()
  return categories
    .filter(({ slug, archivedAt }) => archivedAt === null || slug === kept)
    .map((category) => ({ value: category.slug, text: `${category.emoji} ${category.nameIn('en')}` }))
}
