import Mission from '#markets/models/mission'
import MissionProgress from '#markets/models/mission_progress'

export interface CustomerMission {
  mission: Mission
  /** As far as the target at most. */
  progress: number
  state: 'open' | 'claimable' | 'claimed'
  /** Minor units of PRED: what was promised once it is complete. */
  reward: bigint
}

/** Missions with a customer's progress, in their order; one that is switched off only while it can be claimed. */
export class CustomerMissionsQuery {
  async run(customerId: number): Promise<CustomerMission[]> {
    const missions = await Mission.query().orderBy('position').orderBy('id')
    const rows = await MissionProgress.query().where('customerId', customerId)
    const mine = new Map(rows.map((row) => [row.missionId, row]))
    return missions
      .map((mission) => missionOf(mission, mine.get(mission.id)))
      .filter(({ mission, state }) => mission.isActive || state === 'claimable')
  }
}

function missionOf(mission: Mission, row: MissionProgress | undefined): CustomerMission {
  const state = row?.claimedAt ? 'claimed' : row?.completedAt ? 'claimable' : 'open'
  const progress = state === 'open' ? Math.min(row?.progress ?? 0, mission.target) : mission.target
  return { mission, progress, state, reward: row?.reward ?? mission.reward }
}
