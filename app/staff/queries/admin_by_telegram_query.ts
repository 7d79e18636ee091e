import { inject } from '@adonisjs/core'
import { Settings } from '#core/contracts/settings'
import { missingStep } from '#staff/complete_account'
import Admin from '#staff/models/admin'

/** The admin who linked this Telegram account, may still log in and has nothing left to complete first. */
@inject()
export class AdminByTelegramQuery {
  constructor(private settings: Settings) {}

  async handle(telegramId: number): Promise<Admin | null> {
    const admin = await Admin.query().where('telegram_id', telegramId).whereNull('disabled_at').first()
    return admin && (await missingStep(admin, this.settings)) === null ? admin : null
  }
}
