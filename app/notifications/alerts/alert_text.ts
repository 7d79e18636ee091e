import type { AlertInput, AlertSeverity } from '#core/contracts/alerts'

const MARKS: Record<AlertSeverity, string> = { info: 'ℹ️', warning: '⚠️', critical: '🔴' }

type Worded = Pick<AlertInput, 'severity' | 'title' | 'details'>

/** Parameters of the templates `alert_raised` and `alert_resolved`. */
export const alertParams = ({ severity, title, details }: Worded) => ({
  mark: MARKS[severity],
  title,
  details: detailLines(details),
})

/** For Telegram without the composer, and so without markup. */
export const plainAlert = (alert: Worded) =>
  [`${MARKS[alert.severity]} ${alert.title}`, detailLines(alert.details)].filter(Boolean).join('\n')

function detailLines(details: AlertInput['details'] = {}) {
  return Object.entries(details)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')
}
