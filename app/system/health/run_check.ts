import { performance } from 'node:perf_hooks'
import type { HealthCheck, HealthFinding } from '#core/contracts/health'
import { redact } from '#core/redaction'
import type { ComponentReport } from '#system/health/health_report'

export const CHECK_TIMEOUT_MS = 5000

/** Runs one check within its time; the previous report gives `since` and `lastError` when nothing changed. */
export async function runCheck(
  check: HealthCheck,
  now: () => number,
  previous?: ComponentReport
): Promise<ComponentReport> {
  const startedAt = performance.now()
  const finding = await findingOf(check)
  const latencyMs = Math.round(performance.now() - startedAt)
  const checkedAt = now()
  return {
    ...finding,
    name: check.name,
    critical: check.critical,
    latencyMs,
    checkedAt,
    since: previous?.status === finding.status ? previous.since : checkedAt,
    lastError:
      finding.status === 'healthy'
        ? (previous?.lastError ?? null)
        : { at: checkedAt, message: finding.message ?? finding.status },
  }
}

async function findingOf(check: HealthCheck): Promise<HealthFinding> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const time = new AbortController()
  const timer = setTimeout(() => {
    time.abort()
    reject(new Error(`no answer within ${CHECK_TIMEOUT_MS / 1000} s`))
  }, CHECK_TIMEOUT_MS)
  try {
    return await Promise.race([check.check(time.signal), late])
  } catch (error) {
    return { status: 'unhealthy', message: redact(error instanceof Error ? error.message : String(error)) }
  } finally {
    clearTimeout(timer)
  }
}
