import { defineSetting } from '#core/contracts/settings'

const group = 'raffles'
/** The right over what the treasury pays for. */
const DRAW = 'raffles.draw'

/** Off: nobody enters from here; what was entered is drawn and paid all the same. */
export const rafflesEnabled = defineSetting({ key: 'raffles.enabled', default: true, group, kind: 'boolean' })

/** Of one customer; 0: as many as they like. */
export const entriesPerRound = defineSetting({
  key: 'raffles.entries_per_round',
  default: 1,
  group,
  kind: 'integer',
  min: 0,
  max: 1000,
})

/** The treasury asks for the draw as soon as the contract says that a round is due. */
export const autoDraw = defineSetting({
  key: 'raffles.auto_draw',
  default: false,
  group,
  permission: DRAW,
  kind: 'boolean',
})

/** A draw that has waited that long for its random number needs a person. */
export const stuckAfterMinutes = defineSetting({
  key: 'raffles.stuck_after_minutes',
  default: 30,
  group,
  kind: 'integer',
  min: 1,
  max: 10_080,
})

/** LINK below which the subscription that pays for randomness is low; 0: never. */
export const lowSubscription = defineSetting({
  key: 'raffles.low_subscription',
  default: 5,
  group,
  kind: 'integer',
  min: 0,
  max: 1_000_000,
})

export const raffleSettings = [rafflesEnabled, entriesPerRound, autoDraw, stuckAfterMinutes, lowSubscription]
