import type { ApplicationService } from '@adonisjs/core/types'
import { Clock } from '#core/clock'
import { AlertRecipients } from '#core/contracts/alert_recipients'
import { Audit } from '#core/contracts/audit'
import { Approvals } from '#core/contracts/approvals'
import { IntegrationEvents } from '#core/contracts/integration_events'
import { Settings } from '#core/contracts/settings'
import { Ticks } from '#core/contracts/ticks'
import { SecurityEvents } from '#core/contracts/security_events'
import { TimelineSource } from '#core/contracts/timeline_source'
import { AuditLog } from '#staff/audit_log'
import { ApprovalDesk } from '#staff/approvals/approval_desk'
import { AlertRecipientsQuery } from '#staff/queries/alert_recipients_query'
import { staffSettings } from '#staff/settings'
import { PendingApprovalsQuery } from '#staff/queries/pending_approvals_query'
import { ExpireApprovals } from '#staff/ticks/expire_approvals'
import { PruneApiRecords } from '#staff/ticks/prune_api_records'
import { PruneStaffRecords } from '#staff/ticks/prune_staff_records'
import { SweepWebhookDeliveries } from '#staff/ticks/sweep_webhook_deliveries'
import { SecurityJournal } from '#staff/security/security_journal'
import { AuditTimeline } from '#staff/timeline/audit_timeline'
import { IntegrationJournal } from '#staff/webhooks/integration_journal'
import { WebhookClient } from '#staff/webhooks/webhook_client'

export default class StaffProvider {
  constructor(protected app: ApplicationService) {}

  register() {
    const { container } = this.app
    container.singleton(Audit, (resolver) => resolver.make(AuditLog))
    container.singleton(AlertRecipients, () => new AlertRecipientsQuery())
    container.singleton(SecurityEvents, (resolver) => resolver.make(SecurityJournal))
    container.singleton(
      ApprovalDesk,
      async (resolver) => new ApprovalDesk(await resolver.make(Clock), await resolver.make(Audit))
    )
    container.singleton(
      PendingApprovalsQuery,
      async (resolver) => new PendingApprovalsQuery(await resolver.make(Clock))
    )
    container.singleton(Approvals, (resolver) => resolver.make(ApprovalDesk))
    container.bind(IntegrationEvents, (resolver) => resolver.make(IntegrationJournal))
    container.singleton(WebhookClient, () => new WebhookClient({ allowsPrivate: !this.app.inProduction }))
  }

  async boot() {
    const settings = await this.app.container.make(Settings)
    settings.register(staffSettings)
    const timeline = await this.app.container.make(TimelineSource)
    timeline.register(new AuditTimeline())
    const ticks = await this.app.container.make(Ticks)
    for (const tick of [PruneStaffRecords, PruneApiRecords, ExpireApprovals, SweepWebhookDeliveries])
      ticks.register(await this.app.container.make(tick))
  }
}
