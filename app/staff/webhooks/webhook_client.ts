import { lookup as resolveName, type LookupAddress } from 'node:dns'
import { request as requestHttp, type RequestOptions } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { isPublicAddress } from '#staff/webhooks/public_address'

const TIMEOUT_MS = 10_000

/** A receiver that must not be spoken to: it stands on this machine or in its network. */
export class PrivateTarget extends Error {
  constructor(host: string) {
    super(`${host} is not on the public internet`)
  }
}

export interface WebhookClientOptions {
  /** Receivers on this machine and in its network may be told as well: for development and tests. */
  allowsPrivate: boolean
  resolve?: (host: string) => Promise<LookupAddress[]>
}

/**
 * Speaks to the receivers of webhooks, whose addresses other people choose. A name is resolved once, each of its addresses
 * is judged, and the connection goes to those very addresses: a name that changes in between is no way around.
 * Redirects are not followed.
 */
export class WebhookClient {
  readonly #allowsPrivate: boolean
  readonly #resolve: (host: string) => Promise<LookupAddress[]>

  constructor({ allowsPrivate, resolve = resolveAll }: WebhookClientOptions) {
    this.#allowsPrivate = allowsPrivate
    this.#resolve = resolve
  }

  /** What is wrong with an address before anything is asked, or null. */
  problemOf(address: string): 'webhook_url_invalid' | 'webhook_url_insecure' | 'webhook_url_private' | null {
    const url = URL.canParse(address) ? new URL(address) : null
    if (!url || !['http:', 'https:'].includes(url.protocol) || url.username || url.hash) return 'webhook_url_invalid'
    if (this.#allowsPrivate) return null
    if (url.protocol !== 'https:') return 'webhook_url_insecure'
    return this.#isPrivate(url) ? 'webhook_url_private' : null
  }

  /** The status that was answered. Throws when nothing was, in time. */
  async post(address: string, headers: Record<string, string>, body: string): Promise<number> {
    const url = new URL(address)
    if (!this.#allowsPrivate && this.#isPrivate(url)) throw new PrivateTarget(url.hostname)
    const request = url.protocol === 'https:' ? requestHttps : requestHttp
    const { promise, resolve, reject } = Promise.withResolvers<number>()
    const options: RequestOptions = {
      method: 'POST',
      agent: false,
      lookup: this.#lookup,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    }
    const outgoing = request(url, options, (response) => {
      resolve(response.statusCode!)
      response.destroy()
    })
    outgoing.on('error', reject)
    /** Of a receiver that switches protocols nothing else is heard. */
    outgoing.on('close', () => reject(new Error('It closed the connection without an answer')))
    outgoing.end(body)
    return promise
  }

  /** Of names only the well-known ones: what others resolve to is judged when they are called. */
  #isPrivate({ hostname }: URL) {
    const host = hostname.replace(/^\[|\]$/g, '')
    return isIP(host) ? !isPublicAddress(host) : /(^|\.)(localhost|local|internal)\.?$/.test(host)
  }

  readonly #lookup: LookupFunction = (host, options, done) => {
    this.#resolve(host).then(
      (addresses) => {
        const refused = !this.#allowsPrivate && !addresses.every(({ address }) => isPublicAddress(address))
        if (refused) done(new PrivateTarget(host), '')
        else if (options.all) done(null, addresses)
        else done(null, addresses[0].address, addresses[0].family)
      },
      (error) => done(error, '')
    )
  }
}

function resolveAll(host: string): Promise<LookupAddress[]> {
  const { promise, resolve, reject } = Promise.withResolvers<LookupAddress[]>()
  resolveName(host, { all: true, verbatim: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)))
  return promise
}
