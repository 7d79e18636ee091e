import { MissionSchema } from '#database/schema'
import type { Language } from '#customers/languages'
import { Money } from '#core/money/money'

/** Something to reach for a reward in granted PRED. */
export default class Mission extends MissionSchema {
  static table = 'missions'

  declare parameters: Record<string, string | number | boolean>
  declare titles: Partial<Record<Language, string>>
  declare descriptions: Partial<Record<Language, string>>

  get rewardMoney() {
    return Money.of(this.reward, 'PRED')
  }
}
