import { defineSetting } from '#core/contracts/settings'

/** PRED that a new customer is given once; 0 for none. */
export const welcomeGrant = defineSetting({
  key: 'customers.welcome_grant',
  default: 10_000,
  group: 'customers',
  kind: 'integer',
  min: 0,
  max: 1_000_000_000,
})

export const customerSettings = [welcomeGrant]
