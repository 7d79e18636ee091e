import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { AlertRecipients } from '#core/contracts/alert_recipients'

export class AlertRecipientsQuery extends AlertRecipients {
  async chatIds(client: QueryClientContract) {
    const admins = await client
      .from('admins')
      .whereNotNull('telegram_id')
      .whereNull('disabled_at')
      .where('receives_alerts', true)
      .orderBy('id')
      .select('telegram_id')
    return admins.map(({ telegram_id: telegramId }) => telegramId as number)
  }
}
