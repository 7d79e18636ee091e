import type { QueryClientContract } from '@adonisjs/lucid/types/database'

/** Who hears of trouble in person: admins with a linked Telegram account who have not opted out. */
export abstract class AlertRecipients {
  abstract chatIds(client: QueryClientContract): Promise<number[]>
}
