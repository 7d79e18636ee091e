import app from '@adonisjs/core/services/app'
import { Alerts } from '#core/contracts/alerts'
import { Approvals } from '#core/contracts/approvals'
import { Audit } from '#core/contracts/audit'
import { Outbox } from '#core/contracts/outbox'
import { ProcessJournal } from '#core/contracts/process_journal'
import { SecurityEvents } from '#core/contracts/security_events'
import { Settings } from '#core/contracts/settings'
import { HealthMonitor } from '#system/health/health_monitor'

/**
 * What lives as long as the process is made before any test: made inside one that has swapped the clock, it would keep
 * that clock for all tests that follow.
 */
export async function makeSingletons() {
  for (const one of [Settings, ProcessJournal, HealthMonitor, Audit, Outbox, Alerts, Approvals, SecurityEvents]) {
    await app.container.make(one as any)
  }
}
