import { createHash, randomBytes } from 'node:crypto'
import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { transaction } from '#core/database/transaction'
import Admin from '#staff/models/admin'
import { closeSetup, lockSetup } from '#staff/first_owner/setup_record'

export const hashSetupToken = (token: string) => createHash('sha256').update(token.trim()).digest('hex')

/**
 * Opens the first-run page with a fresh token, which takes the place of an earlier one and can be read only here.
 * Returns null when the panel has or ever had an owner.
 */
@inject()
export class OpenSetup {
  constructor(private clock: Clock) {}

  handle(): Promise<string | null> {
    const token = randomBytes(32).toString('base64url')
    return transaction(async (trx) => {
      const now = this.clock.now()
      const setup = await lockSetup(trx, now)
      if (setup.completedAt !== null) return null
      if (await Admin.query({ client: trx }).where('role', 'owner').first()) {
        await closeSetup(trx, now)
        return null
      }
      await setup.merge({ tokenHash: hashSetupToken(token) }).save()
      return token
    })
  }
}
