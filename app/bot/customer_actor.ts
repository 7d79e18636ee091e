import type { Actor } from '#core/contracts/audit'
import type { BotContext } from '#bot/context'

/** The customer who wrote, as whoever does what an action does. */
export const customerActor = ({ customer }: BotContext): Actor => ({
  type: 'customer',
  id: customer.id,
  name: customer.displayName.slice(0, 100),
})
