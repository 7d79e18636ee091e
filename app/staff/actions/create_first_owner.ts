import { inject } from '@adonisjs/core'
import { safeEqual } from '@adonisjs/core/helpers'
import { Clock } from '#core/clock'
import { networkOf } from '#core/network'
import { refuse, type Result } from '#core/result'
import { SecurityEvents } from '#core/contracts/security_events'
import { transaction } from '#core/database/transaction'
import { setupByAddress } from '#staff/login/login_limits'
import { lockSetup } from '#staff/first_owner/setup_record'
import { hashSetupToken } from '#staff/actions/open_setup'
import { CreateAdmin, type CreatedAdmin } from '#staff/actions/create_admin'

interface Submission {
  token: string
  email: string
  fullName: string
  password: string
  ip: string
  requestId?: string
}

/**
 * Makes the first owner for whoever has the token from the console, once: the row of the set-up is locked. Refuses
 * with `setup_closed`, `setup_blocked` ({ seconds }), `setup_token_wrong`, or as `CreateAdmin` does.
 */
@inject()
export class CreateFirstOwner {
  constructor(
    private clock: Clock,
    private createAdmin: CreateAdmin,
    private securityEvents: SecurityEvents
  ) {}

  async handle(submission: Submission): Promise<Result<CreatedAdmin>> {
    const { seconds } = await setupByAddress.take(networkOf(submission.ip))
    if (seconds > 0) return refuse('setup_blocked', { seconds })

    const result = await transaction(async (trx): Promise<Result<CreatedAdmin>> => {
      const setup = await lockSetup(trx, this.clock.now())
      if (setup.completedAt !== null || setup.tokenHash === null) return refuse('setup_closed')
      if (!safeEqual(setup.tokenHash, hashSetupToken(submission.token))) return refuse('setup_token_wrong')
      const actor = { type: 'operator' as const, id: null, name: 'first-run page', ip: submission.ip }
      return this.createAdmin.within(trx, { ...submission, role: 'owner' }, actor)
    })
    if (!result.ok && result.refusal.code === 'setup_token_wrong') {
      const { ip, requestId } = submission
      await this.securityEvents.report({ kind: 'setup.refused', ip, requestId })
    }
    return result
  }
}
