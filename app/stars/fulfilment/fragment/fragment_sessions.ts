import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { KeyWrapper } from '#core/contracts/key_wrapper'
import type { Trx } from '#core/database/transaction'
import { protect } from '#core/redaction'
import { cookieHeader, parseCookies, type Cookies } from '#stars/fulfilment/fragment/cookies'
import FragmentSession from '#stars/models/fragment_session'

const PURPOSE = 'stars.fragment_session'

export interface OpenSession {
  id: number
  cookies: Cookies
}

/** Where the cookies for Fragment lie, encrypted. */
@inject()
export class FragmentSessions {
  constructor(
    private clock: Clock,
    private wrapper: KeyWrapper
  ) {}

  latest(): Promise<FragmentSession | null> {
    return FragmentSession.query().orderBy('id', 'desc').first()
  }

  /** Null when there is none, or Fragment takes it no more. */
  async open(): Promise<OpenSession | null> {
    const session = await this.latest()
    if (!session || session.isExpired) return null
    const cookies = parseCookies(this.wrapper.unwrap(session.cookiesEncrypted, PURPOSE))
    if (!cookies) return null
    protect(...Object.values(cookies))
    return { id: session.id, cookies }
  }

  async store(trx: Trx, cookies: Cookies, adminId: number | null) {
    const now = this.clock.now()
    const cookiesEncrypted = this.#encrypted(cookies)
    return FragmentSession.create(
      { cookiesEncrypted, createdBy: adminId, createdAt: now, updatedAt: now },
      { client: trx }
    )
  }

  /** Fragment has set them anew. */
  async refresh(id: number, cookies: Cookies) {
    const now = this.clock.now()
    await FragmentSession.query()
      .where('id', id)
      .update({ cookiesEncrypted: this.#encrypted(cookies), updatedAt: now, checkedAt: now })
  }

  async markWorking(id: number) {
    await FragmentSession.query().where('id', id).update({ checkedAt: this.clock.now() })
  }

  async markExpired(id: number) {
    await FragmentSession.query().where('id', id).whereNull('expiredAt').update({ expiredAt: this.clock.now() })
  }

  #encrypted(cookies: Cookies) {
    return this.wrapper.wrap(cookieHeader(cookies), PURPOSE)
  }
}
