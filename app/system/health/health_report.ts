import type { HealthFinding, HealthStatus } from '#core/contracts/health'

/** What is known of one component. */
export interface ComponentReport extends HealthFinding {
  name: string
  critical: boolean
  latencyMs: number
  /** Since when it has this status; epoch milliseconds, as `checkedAt`. */
  since: number
  checkedAt: number
  /** The last time it was not healthy, and why. */
  lastError: { at: number; message: string } | null
}

export interface HealthReport {
  status: HealthStatus
  checkedAt: number
  components: ComponentReport[]
}

/** Only a critical component makes the whole unhealthy; anything else amiss leaves it degraded. */
export function overallStatus(components: ComponentReport[]): HealthStatus {
  if (components.some(({ critical, status }) => critical && status === 'unhealthy')) return 'unhealthy'
  return components.every(({ status }) => status === 'healthy') ? 'healthy' : 'degraded'
}
