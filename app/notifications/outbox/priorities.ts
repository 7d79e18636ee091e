import type { NotificationType } from '#core/contracts/outbox'

/** Lower goes first: news of money, then what a customer waits for, then the rest; broadcasts last. */
export const PRIORITIES: Record<NotificationType, number> = {
  PAYMENT: 10,
  ORDER: 20,
  SUPPORT: 20,
  SYSTEM: 20,
  ADMIN_ALERT: 30,
  RAFFLE: 40,
  BET_WON: 40,
  BET_LOST: 40,
  MARKET_RESOLVED: 40,
  MISSION_COMPLETED: 50,
  LEADERBOARD_REWARD: 50,
  BROADCAST: 90,
}
