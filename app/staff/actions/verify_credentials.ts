import { inject } from '@adonisjs/core'
import { errors } from '@adonisjs/auth'
import { networkOf } from '#core/network'
import { ok, refuse } from '#core/result'
import { SecurityEvents } from '#core/contracts/security_events'
import Admin from '#staff/models/admin'
import { loginByAccount, loginByAccountAndNetwork, loginByAddress } from '#staff/login/login_limits'
import { normalizePassword } from '#staff/passwords/password'

/**
 * First step of a login. Refuses with `login_blocked` ({ seconds }) or with `credentials_invalid`, which says the
 * same, and takes the same time, for an unknown address, a wrong password and a disabled account.
 */
@inject()
export class VerifyCredentials {
  constructor(private securityEvents: SecurityEvents) {}

  async handle({ email, password, ip, requestId }: Attempt) {
    const account = Admin.normalizeEmail(email)
    const event = { subject: tellable(account), ip, requestId }

    const network = networkOf(ip)
    const pair = await this.#pairOf(account, network)
    const { seconds, blocked } = await this.#takeAll(account, network, pair)
    if (blocked) await this.securityEvents.report({ kind: 'login.locked', ...event })
    if (seconds > 0) return refuse('login_blocked', { seconds })

    const admin = await this.#find(account, password)
    if (!admin || admin.isDisabled) {
      await this.securityEvents.report({ kind: 'login.failed', ...event, adminId: admin?.id })
      return refuse('credentials_invalid')
    }
    await loginByAccountAndNetwork.forget(pair)
    await loginByAccount.giveBack(account)
    await loginByAddress.giveBack(network)
    return ok(admin)
  }

  /** The narrow limits first: what they stop never counts against the account as a whole. */
  async #takeAll(account: string, network: string, pair: string) {
    const byAddress = await loginByAddress.take(network)
    if (byAddress.seconds > 0) return byAddress
    const byPair = await loginByAccountAndNetwork.take(pair)
    return byPair.seconds > 0 ? byPair : loginByAccount.take(account)
  }

  /** With the password's age: a new password lifts the blocks of the old one in every network. */
  async #pairOf(account: string, network: string) {
    const admin = await Admin.query().where('email', account).select('password_changed_at').first()
    return [account, admin?.passwordChangedAt ?? 0, network].join(' ')
  }

  async #find(account: string, password: string) {
    try {
      return await Admin.verifyCredentials(account, normalizePassword(password))
    } catch (error) {
      if (error instanceof errors.E_INVALID_CREDENTIALS) return null
      throw error
    }
  }
}

/** People type their password into the wrong field: only what looks like an address is written down. */
const tellable = (account: string) => (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(account) ? account : 'no e-mail address')

interface Attempt {
  email: string
  password: string
  ip: string
  requestId?: string
}
