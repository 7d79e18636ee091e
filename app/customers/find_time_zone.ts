import { isTimeZone } from '#customers/time_zones'

const REGIONS = [
  'Europe',
  'Asia',
  'America',
  'Africa',
  'Australia',
  'Pacific',
  'Atlantic',
  'Indian',
  'America/Argentina',
]
const OFFSET = /^(?:utc|gmt)?\s*([+\-−])\s*(\d{1,2})(?::?(\d{2}))?$/i
const [WESTMOST, EASTMOST] = [-12 * 60, 14 * 60]

/**
 * The zone that people mean by a city that has one (`Kathmandu`, `Port of Spain`), its name (`Asia/Kathmandu`) or an
 * offset (`UTC+5:45`). Null when there is none.
 */
export function findTimeZone(said: string, now: number): string | null {
  const text = said.trim()
  if (/^(utc|gmt)$/i.test(text)) return 'UTC'
  const offset = OFFSET.exec(text)
  return offset ? zoneOfOffset(minutesOf(offset), now) : zoneOfPlace(text)
}

function minutesOf([, sign, hours, minutes = '0']: RegExpExecArray) {
  const total = Number(hours) * 60 + Number(minutes)
  return sign === '+' ? total : -total
}

/** POSIX turns the sign round: `Etc/GMT-5` is five hours ahead. Parts of hours exist where people live only. */
function zoneOfOffset(minutes: number, now: number) {
  if (minutes < WESTMOST || minutes > EASTMOST) return null
  if (minutes === 0) return 'UTC'
  if (minutes % 60 === 0) return `Etc/GMT${minutes > 0 ? '-' : '+'}${Math.abs(minutes / 60)}`
  return Intl.supportedValuesOf('timeZone').find((zone) => offsetOf(zone, now) === minutes) ?? null
}

function zoneOfPlace(place: string) {
  const name = place
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[\s-]+/g, '_')
  if (!/^[A-Za-z/_]{3,50}$/.test(name)) return null
  const candidates = name.includes('/') ? [name] : REGIONS.map((region) => `${region}/${name}`)
  const found = candidates.map((candidate) => capitalised(candidate)).find((candidate) => isTimeZone(candidate))
  return found ? (spellingOf(found) ?? found) : null
}

const capitalised = (name: string) =>
  name.toLowerCase().replace(/(^|[/_])(\p{L})/gu, (_, before, letter) => before + letter.toUpperCase())

const spellingOf = (name: string) =>
  Intl.supportedValuesOf('timeZone').find((zone) => zone.toLowerCase() === name.toLowerCase())

/** Minutes east of Greenwich. */
function offsetOf(timeZone: string, now: number) {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(now)
  const written = parts.find(({ type }) => type === 'timeZoneName')!.value
  const offset = OFFSET.exec(written)
  return offset ? minutesOf(offset) : 0
}
