import { MissionSchema } from '#database/schema'
import type { Language } from '#customers/languages'
import { Money } from '#core/money/money'
import type { ConditionName } from '#markets/missions/conditions'

/** Something to reach for a reward in granted PRED. */
export default class Mission extends MissionSchema {
  static table = 'missions'

  declare condition: ConditionName
  declare parameters: Record<string, string | number | boolean>
  declare titles: Partial<Record<Language, string>>
  declare descriptions: Partial<Record<Language, string>>

  get rewardMoney() {
    return Money.of(this.reward, 'PRED')
  }

  titleIn(language: string) {
    return wordsIn(this.titles, language) ?? this.code
  }

  descriptionIn(language: string) {
    return wordsIn(this.descriptions, language) ?? ''
  }
}

/** English, or whatever there is, where the reader's language has none. */
const wordsIn = (words: Partial<Record<Language, string>>, language: string) =>
  words[language as Language] ?? words.en ?? Object.values(words)[0]
