/**
 * The URL of a node as it is asked. Its path, query or user may be a key: beyond this file it has its host for a name,
 * and `hide` takes out of its answers what would tell more.
 */
export class NodeAddress {
  readonly host: string
  readonly url: string
  readonly headers: Record<string, string>
  readonly #secrets: string[]

  constructor(address: string) {
    const url = new URL(address)
    this.host = url.host
    const { username, password } = url
    const user = [username, password].map(decodeURIComponent).join(':')
    this.headers = username ? { authorization: `Basic ${Buffer.from(user).toString('base64')}` } : {}
    this.#secrets = [username, password, ...url.pathname.split('/'), ...url.searchParams.values()]
      .filter((part) => part.length >= SHORTEST_SECRET)
      .sort((a, b) => b.length - a.length)
    url.username = ''
    url.password = ''
    this.url = url.href
  }

  hide(text: string) {
    return this.#secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text).slice(0, 200)
  }
}

/** Shorter parts, such as `v3`, are no keys. */
const SHORTEST_SECRET = 6
