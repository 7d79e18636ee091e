import { inject } from '@adonisjs/core'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { ok, refuse } from '#core/result'
import { parseCookies } from '#stars/fulfilment/fragment/cookies'
import { FragmentSessions } from '#stars/fulfilment/fragment/fragment_sessions'
import { Fulfilments } from '#stars/fulfilment/fulfilments'

/**
 * Stores the cookies of an account that is logged in to Fragment, and lets what waits for them go on. Nobody sees
 * them again. Refuses with `cookies_incomplete`.
 */
@inject()
export class ChangeFragmentSession {
  constructor(
    private audit: Audit,
    private sessions: FragmentSessions,
    private fulfilments: Fulfilments
  ) {}

  async handle({ cookies: text, actor }: { cookies: string; actor: Actor }) {
    const cookies = parseCookies(text)
    if (!cookies) return refuse('cookies_incomplete')

    return transaction(async (trx) => {
      const session = await this.sessions.store(trx, cookies, actor.type === 'admin' ? actor.id : null)
      await this.fulfilments.resumeWaiting(trx, ['session_expired', 'not_configured'])
      await this.audit.record(trx, {
        actor,
        action: 'fragment_session.changed',
        subjectType: 'fragment_session',
        subjectId: session.id,
      })
      return ok(session)
    })
  }
}
