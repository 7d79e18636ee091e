/**
 * What Telegram accepts as a link in markup and in inline keyboard buttons. It is laxer than WHATWG URL in some
 * places (`example.org` is a link) and stricter in others (`http://localhost/` is not).
 */

export class LinkError extends Error {}

interface HttpUrl {
  protocol: 'http' | 'https'
  userinfo: string
  host: string
  port: number
  isIpv6: boolean
  query: string
}

/** The normalised link. Throws LinkError with Telegram's reason. */
export function checkLink(link: string): string {
  const scheme = /^(tg|ton|tonsite):(?:\/\/)?/i.exec(link)
  if (scheme) return checkAppLink(scheme[1].toLowerCase(), link.slice(scheme[0].length))

  const url = parseHttpUrl(link)
  if (!url.host.includes('.') && !url.isIpv6) throw new LinkError('Wrong HTTP URL')
  const userinfo = url.userinfo && `${url.userinfo}@`
  const port = url.port ? `:${url.port}` : ''
  return `${url.protocol}://${userinfo}${url.host}${port}${url.query}`
}

/** The normalised link, or undefined where Telegram would silently drop it. */
export function normalisedLink(link: string): string | undefined {
  try {
    return checkLink(link)
  } catch (error) {
    if (error instanceof LinkError) return undefined
    throw error
  }
}

/** The id in `tg://user?id=...`, which becomes a mention and not a link. */
export function linkedUserId(link: string): number | undefined {
  const match = /^tg:(?:\/\/)?user\/?\?([^#]*)/i.exec(link)
  const value = match && queryValue(match[1], 'id')
  return value && /^[1-9]\d{0,14}$/.test(value) ? Number(value) : undefined
}

/** The id in `tg://emoji?id=...`. */
export function linkedEmojiId(link: string): string | undefined {
  const match = /^tg:(?:\/\/)?emoji\/?\?([^#]*)/i.exec(link)
  const value = match && queryValue(match[1], 'id')
  return value && /^-?[1-9]\d{0,18}$/.test(value) ? value : undefined
}

function queryValue(query: string, key: string): string | undefined {
  for (const parameter of query.split('&')) {
    const [name, ...rest] = parameter.split('=')
    if (name.toLowerCase() === key) return rest.join('=')
  }
  return undefined
}

function checkAppLink(scheme: string, rest: string): string {
  const url = parseHttpUrl(rest)
  const explicitHttp = /^http:\/\//i.test(rest)
  if (explicitHttp || url.protocol === 'https' || url.userinfo || url.port || url.isIpv6) {
    throw new LinkError(scheme === 'tg' ? 'Wrong tg URL' : 'Wrong ton URL')
  }
  const allowed = scheme === 'tonsite' ? /^[a-z0-9_.-]*$/ : /^[a-z0-9_-]*$/
  if (!allowed.test(url.host)) throw new LinkError('Unallowed characters in URL host')
  return `${scheme}://${url.host}${url.query.startsWith('/?') ? url.query.slice(1) : url.query}`
}

function parseHttpUrl(input: string): HttpUrl {
  const scheme = /^([^:/?#@[\]]*):\/\//.exec(input)
  const protocol = scheme ? scheme[1].toLowerCase() : 'http'
  if (protocol !== 'http' && protocol !== 'https') throw new LinkError('Unsupported URL protocol')

  const rest = scheme ? input.slice(scheme[0].length) : input
  const authority = /^[^/?#]*/.exec(rest)![0]
  const { userinfo, host, port } = splitAuthority(authority)
  const isIpv6 = host.startsWith('[') && host.endsWith(']')
  if (isIpv6 && !/^\[[0-9a-f:.]+\]$/i.test(host)) throw new LinkError('Wrong IPv6 address specified in the URL')
  if (!host) throw new LinkError('URL host is empty')
  if (host === '.') throw new LinkError('Host is invalid')
  checkCharacters('userinfo', userinfo)
  if (!isIpv6) checkCharacters('host', host)

  return { protocol, userinfo, host: host.toLowerCase(), port, isIpv6, query: queryOf(rest.slice(authority.length)) }
}

function splitAuthority(authority: string): { userinfo: string; host: string; port: number } {
  const port = /^(.+):([^:\]@]*)$/s.exec(authority)
  if (port && !/^0*[1-9]\d{0,4}$/.test(port[2])) throw new LinkError('Wrong port number specified in the URL')
  if (port && Number(port[2]) > 65535) throw new LinkError('Wrong port number specified in the URL')

  const userinfoHost = port ? port[1] : authority
  const at = userinfoHost.lastIndexOf('@')
  return {
    userinfo: userinfoHost.slice(0, Math.max(at, 0)),
    host: userinfoHost.slice(at + 1),
    port: Number(port?.[2] ?? 0),
  }
}

function checkCharacters(part: string, value: string): void {
  for (let i = 0; i < value.length; i++) {
    const character = value[i]
    if (character === '%') {
      if (!/^%[0-9a-f]{2}/i.test(value.slice(i))) throw new LinkError(`Wrong percent-encoded symbol in URL ${part}`)
      i += 2
    } else if (
      character <= '\x7f' &&
      !/[a-z0-9.\-_!$,~*'();&+=]/i.test(character) &&
      !(part === 'userinfo' && character === ':')
    ) {
      throw new LinkError(`Disallowed character in URL ${part}`)
    }
  }
}

function queryOf(rest: string): string {
  const query = rest.replace(/\s+$/, '') || '/'
  return (query.startsWith('/') ? query : `/${query}`).replace(
    /[^\P{Cc}\x7f-\x9f]| /gu,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
  )
}
