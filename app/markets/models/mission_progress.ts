import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import { MissionProgressSchema } from '#database/schema'
import Mission from '#markets/models/mission'

/** How far a customer has come with a mission. */
export default class MissionProgress extends MissionProgressSchema {
  static table = 'mission_progress'

  @belongsTo(() => Mission, { foreignKey: 'missionId' })
  declare mission: BelongsTo<typeof Mission>
}
