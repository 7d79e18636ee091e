import { Money } from '#core/money/money'
import MissionProgress from '#markets/models/mission_progress'
import type { ProgressState } from '#admin/missions/lists/progress_list'

const ORDER: ProgressState[] = ['completed', 'started', 'claimed']

/** Missions that a customer has begun, completed or claimed, those to claim first; of one kind the latest first. */
export async function customerMissions(customerId: number) {
  const rows = await MissionProgress.query().where('customerId', customerId).preload('mission').orderBy('id', 'desc')
  const begun = rows.filter(({ progress, completedAt }) => progress > 0 || completedAt !== null).map(viewOf)
  const sum = (state: ProgressState) =>
    begun.filter((each) => each.state === state).reduce((total, { reward }) => total.add(reward), Money.zero('PRED'))
  return {
    rows: begun.toSorted((one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state)),
    ...{ promised: sum('completed'), paid: sum('claimed') },
  }
}

function viewOf({ mission, progress, completedAt, claimedAt, reward, transferId }: MissionProgress) {
  const state: ProgressState = claimedAt !== null ? 'claimed' : completedAt !== null ? 'completed' : 'started'
  return {
    ...{ mission, state, transferId, at: claimedAt ?? completedAt },
    progress: state === 'started' ? Math.min(progress, mission.target) : mission.target,
    reward: Money.of(reward ?? mission.reward, 'PRED'),
  }
}
