import { formatDuration, formatNumber } from '#admin/shared/format'

type Detail = string | number | boolean | null

/** Figures of a component or an alert in one line, with units: `free mb: 78447` is `free: 78 447 MB`. */
export function detailsText(details: Record<string, Detail> | null | undefined): string {
  return Object.entries(details ?? {})
    .map(([name, value]) => detailText(name, value))
    .join(' · ')
}

function detailText(name: string, value: Detail): string {
  const [, label, unit] = name.match(/^(.*?)(?:_(seconds|ms|mb|percent))?$/)!
  return `${label.replaceAll('_', ' ')}: ${typeof value === 'number' ? withUnit(value, unit) : (value ?? '-')}`
}

function withUnit(value: number, unit: string | undefined): string {
  switch (unit) {
    case 'seconds':
      return formatDuration(value * 1000)
    case 'mb':
      return `${formatNumber(value)} MB`
    case 'ms':
      return `${formatNumber(value)} ms`
    case 'percent':
      return `${formatNumber(value)} %`
    default:
      return formatNumber(value)
  }
}
