import AdminAlert from '#notifications/models/admin_alert'

const SHOWN = 20

/** Trouble that goes on, the worst and newest first. */
export class OpenAlertsQuery {
  async run() {
    const alerts = await AdminAlert.query().whereNull('resolved_at').orderBy('id', 'desc').limit(SHOWN)
    return alerts.sort((a, b) => Number(b.severity === 'critical') - Number(a.severity === 'critical'))
  }

  async count(): Promise<number> {
    const row = await AdminAlert.query().whereNull('resolved_at').count('* as total').first()
    return Number(row?.$extras.total ?? 0)
  }
}
