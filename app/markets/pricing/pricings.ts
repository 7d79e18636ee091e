import { FixedOdds } from '#markets/pricing/fixed_odds'
import { Parimutuel } from '#markets/pricing/parimutuel'
import type { Pricing } from '#markets/pricing/pricing'
import type { PricingMode } from '#markets/values'

const PRICINGS: Record<PricingMode, Pricing> = { fixed_odds: new FixedOdds(), parimutuel: new Parimutuel() }

export const pricingOf = (mode: PricingMode) => PRICINGS[mode]
