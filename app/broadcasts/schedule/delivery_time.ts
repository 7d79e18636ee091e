import { quietUntil, type QuietHours } from '#broadcasts/schedule/quiet_hours'
import { instantOf } from '#broadcasts/schedule/wall_clock'
import type { ScheduleMode } from '#broadcasts/values'

export interface DeliveryRules {
  scheduleMode: ScheduleMode | null
  scheduledAt: number | null
  scheduledLocal: string | null
  quietHours: QuietHours | null
}

/** When a customer of that zone may get the broadcast: not before now, at their local time if so wished, not in their quiet hours. */
export function deliveryTime(rules: DeliveryRules, zone: string, now: number): number {
  const isLocal = rules.scheduleMode === 'local' && rules.scheduledLocal !== null
  const wished = isLocal ? instantOf(rules.scheduledLocal!, zone)! : (rules.scheduledAt ?? now)
  const earliest = Math.max(wished, now)
  return (rules.quietHours && quietUntil(rules.quietHours, zone, earliest)) ?? earliest
}

/** The same moment for everybody: no zone needs to be looked at. */
export const isZoneless = (rules: DeliveryRules) => rules.scheduleMode !== 'local' && rules.quietHours === null
