import { defineSetting } from '#core/contracts/settings'
import { isTimeZone } from '#customers/time_zones'

const group = 'broadcasts'

/** Broadcasts a customer gets in one day of their zone at most; 0 for any number. */
export const dailyCap = defineSetting({
  key: 'broadcasts.daily_cap',
  default: 0,
  group,
  kind: 'integer',
  min: 0,
  max: 100,
})

/** Given to new drafts, which may change or drop them. */
export const quietHours = defineSetting({ key: 'broadcasts.quiet_hours', default: false, group, kind: 'boolean' })
export const quietFrom = defineSetting({ key: 'broadcasts.quiet_from', default: '22:00', group, kind: 'time' })
export const quietTo = defineSetting({ key: 'broadcasts.quiet_to', default: '08:00', group, kind: 'time' })

/** IANA zone of customers who have not chosen one. */
export const defaultTimeZone = defineSetting({
  key: 'broadcasts.default_time_zone',
  default: 'UTC',
  group,
  kind: 'text',
  maxLength: 60,
  check: (zone) => (isTimeZone(zone) ? null : 'is not a time zone such as Europe/Kyiv'),
})

/** A second admin must agree before a broadcast is scheduled. */
export const approvalRequired = defineSetting({
  key: 'broadcasts.approval_required',
  default: false,
  group,
  kind: 'boolean',
})

export const broadcastSettings = [dailyCap, quietHours, quietFrom, quietTo, defaultTimeZone, approvalRequired]
