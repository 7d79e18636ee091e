import { cookieHeader, refreshed, type Cookies } from '#stars/fulfilment/fragment/cookies'
import {
  FragmentRefusal,
  FragmentSessionExpired,
  FragmentUnavailable,
} from '#stars/fulfilment/fragment/fragment_errors'

const TIMEOUT_MS = 15_000
const HASH = /api\?hash=([0-9a-f]{6,64})/
const STALE_HASH = /bad request/i
const NO_ACCESS = /access denied|session (is )?(expired|invalid)|not authori[sz]ed|log ?in/i

/** Strangers are led away from the page by a redirect. */
const asksToLogIn = (status: number) => status === 401 || status === 403 || (status >= 300 && status < 400)

const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36'

export interface FragmentAnswer {
  [key: string]: unknown
}

export interface FragmentConnection {
  url: string
  cookies: Cookies
  /** Called with the cookies that an answer has set anew. */
  onCookies: (cookies: Cookies) => Promise<void>
}

/**
 * One conversation with Fragment's web API, which is not documented: the page of the purchase names a `hash`, with
 * which each method is then called (see protocols.md, Fragment). Cookies that an answer sets anew are used from then
 * on and handed to whoever keeps them.
 */
export class FragmentClient {
  #cookies: Cookies
  #hash: string | null = null

  constructor(private readonly connection: FragmentConnection) {
    this.#cookies = connection.cookies
  }

  /** @throws FragmentRefusal, FragmentSessionExpired or FragmentUnavailable. */
  async call(method: string, fields: Record<string, string | number>): Promise<FragmentAnswer> {
    const first = await this.#post(method, fields)
    const answer = isStale(first) ? await this.#post(method, fields, true) : first
    const error = errorOf(answer)
    if (error === null) return answer
    if (NO_ACCESS.test(error)) throw new FragmentSessionExpired('Fragment asks to log in')
    throw new FragmentRefusal(error.slice(0, 200))
  }

  /** Opens the page: keeps the session alive, or finds that it has expired. */
  async visit(): Promise<void> {
    await this.#readHash()
  }

  async #post(method: string, fields: Record<string, string | number>, anew = false): Promise<FragmentAnswer> {
    const hash = anew || !this.#hash ? await this.#readHash() : this.#hash
    const body = new URLSearchParams({ ...toText(fields), method })
    const text = await this.#request(`/api?hash=${hash}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
        'x-requested-with': 'XMLHttpRequest',
      },
      body: body.toString(),
    })
    return parseAnswer(text)
  }

  async #readHash(): Promise<string> {
    const page = await this.#request('/stars/buy', { method: 'GET' })
    const hash = HASH.exec(page)?.[1]
    if (!hash) throw new FragmentUnavailable('The page of Fragment names no hash')
    this.#hash = hash
    return hash
  }

  async #request(path: string, init: RequestInit): Promise<string> {
    const response = await this.#fetch(path, init)
    const text = await response.text().catch((error) => {
      throw new FragmentUnavailable('Fragment broke off', null, { cause: error })
    })
    await this.#keepCookies(response)
    if (asksToLogIn(response.status)) throw new FragmentSessionExpired('Fragment asks to log in')
    if (response.status === 429) throw new FragmentUnavailable('Fragment asks to wait', retryAfterOf(response))
    if (!response.ok) throw new FragmentUnavailable(`Fragment answered ${response.status}`)
    return text
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    const { url } = this.connection
    const headers = {
      ...(init.headers as Record<string, string>),
      cookie: cookieHeader(this.#cookies),
      'user-agent': BROWSER,
      accept: 'application/json, text/html;q=0.9, */*;q=0.1',
      referer: `${url}/stars/buy`,
    }
    try {
      return await fetch(url + path, { ...init, headers, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) })
    } catch (error) {
      throw new FragmentUnavailable('Fragment did not answer', null, { cause: error })
    }
  }

  async #keepCookies(response: Response) {
    const cookies = refreshed(this.#cookies, response.headers.getSetCookie())
    if (!cookies) return
    this.#cookies = cookies
    await this.connection.onCookies(cookies)
  }
}

const RETRY_AFTER_MS = 2000

function retryAfterOf(response: Response) {
  const seconds = Number(response.headers.get('retry-after'))
  return seconds > 0 && seconds < 3600 ? seconds * 1000 : RETRY_AFTER_MS
}

function parseAnswer(text: string): FragmentAnswer {
  try {
    const answer = JSON.parse(text)
    if (typeof answer === 'object' && answer !== null) return answer
  } catch {
    // Falls through: a page instead of an answer.
  }
  throw new FragmentUnavailable('Fragment answered something else than JSON')
}

const errorOf = (answer: FragmentAnswer) => (answer.error === undefined ? null : String(answer.error))

const isStale = (answer: FragmentAnswer) => STALE_HASH.test(errorOf(answer) ?? '')

const toText = (fields: Record<string, string | number>) =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]))
