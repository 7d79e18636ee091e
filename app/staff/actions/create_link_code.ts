import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { ok } from '#core/result'
import { transaction } from '#core/database/transaction'
import AdminLinkCode from '#staff/models/admin_link_code'
import { hashCode, randomCode } from '#staff/one_time_codes'
import { ConfirmPassword } from '#staff/passwords/confirm_password'

export const LINK_CODE_LIFE_MS = 10 * 60_000
const LENGTH = 8

/**
 * Makes the code that an admin sends to the bot from their own Telegram account; an earlier one stops working. A link
 * outlives the session, so it asks for the password. Refuses as `ConfirmPassword` does.
 */
@inject()
export class CreateLinkCode {
  constructor(
    private clock: Clock,
    private confirmPassword: ConfirmPassword
  ) {}

  async handle({ adminId, password }: { adminId: number; password: string }) {
    const confirmed = await this.confirmPassword.handle(adminId, password)
    if (!confirmed.ok) return confirmed

    const code = randomCode(LENGTH)
    const createdAt = this.clock.now()
    const expiresAt = createdAt + LINK_CODE_LIFE_MS
    await transaction(async (trx) => {
      await AdminLinkCode.query({ client: trx }).where('admin_id', adminId).delete()
      await AdminLinkCode.create({ adminId, codeHash: hashCode(code), createdAt, expiresAt }, { client: trx })
    })
    return ok({ code, expiresAt })
  }
}
