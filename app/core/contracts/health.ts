/** `degraded` serves with something missing or slow. */
export const HEALTH_STATUSES = ['healthy', 'degraded', 'unhealthy'] as const
export type HealthStatus = (typeof HEALTH_STATUSES)[number]

export interface HealthFinding {
  status: HealthStatus
  /** What is wrong, for an admin; never a secret. */
  message?: string
  /** Figures beside it, such as ages and counts. */
  details?: Record<string, string | number | boolean | null>
}

export interface HealthCheck {
  /** The path below `/health/`, also the name on the panel's page and in metrics. */
  name: string
  /** Without it nothing can be served: when it is unhealthy, `/health` answers 503. */
  critical: boolean
  /** Runs in the background; what it throws makes the component unhealthy. `signal` aborts after its time is up. */
  check(signal: AbortSignal): Promise<HealthFinding>
}

/** Registry of components; domains register theirs when they boot, and only when they are configured. */
export abstract class HealthChecks {
  abstract register(check: HealthCheck): void
  abstract all(): HealthCheck[]
}
