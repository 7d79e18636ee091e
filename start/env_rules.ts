import { isIP } from 'node:net'
import { isAbsolute } from 'node:path'
import { Secret } from '@adonisjs/core/helpers'
import { isNetwork } from '#core/network_list'

/**
 * Rules for single variables. Each message is one line that names the variable, what it must be and, unless it is
 * a secret, what it is now.
 */
type Rule<T> = (name: string, value?: string) => T

const LOCAL_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]'])

function refuse(name: string, must: string, value?: string): never {
  throw new Error(value === undefined ? `${name} must ${must}` : `${name} must ${must} (it is "${value}")`)
}

/** An absent or empty variable is undefined; any other passes the rule. */
export const optional =
  <T>(rule: (name: string, value: string) => T): Rule<T | undefined> =>
  (name, value) =>
    value ? rule(name, value) : undefined

export const key =
  (minLength: number): Rule<Secret<string>> =>
  (name, value) => {
    if (!value) {
      refuse(name, `be set: run "npm run ace -- generate:key --show" and write ${name}=<the key> to .env`)
    }
    return secret(minLength, 4096)(name, value)
  }

/** Never repeated in a message. */
export const secret =
  (minLength: number, maxLength: number, shape?: RegExp, described?: string) => (name: string, value: string) => {
    if (value.length < minLength) refuse(name, `have at least ${minLength} characters`)
    if (value.length > maxLength) refuse(name, `have at most ${maxLength} characters`)
    if (shape && !shape.test(value)) refuse(name, described!)
    return new Secret(value)
  }

export const integer = (min: number, max: number) => (name: string, value: string) => {
  const number = Number(value)
  if (!Number.isInteger(number) || number < min || number > max) {
    refuse(name, `be a whole number from ${min} to ${max}`, value)
  }
  return number
}

export const boolean = (name: string, value: string) => {
  if (['true', '1'].includes(value)) return true
  if (['false', '0'].includes(value)) return false
  refuse(name, 'be true or false', value)
}

export const uuid = (name: string, value: string) =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)
    ? value
    : refuse(name, 'be a uuid such as 8b03432e-385b-4670-8d06-064591096795', value)

export const absolutePath = (name: string, value: string) =>
  isAbsolute(value) ? value : refuse(name, 'be an absolute path', value)

export const host = (name: string, value: string) =>
  isIP(value) || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(value)
    ? value
    : refuse(name, 'be an IP address or a host name', value)

export const webUrl = (name: string, value: string) => {
  const url = parseUrl(value)
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.username) {
    refuse(name, 'be an address such as https://example.org', url?.username ? undefined : value)
  }
  return value.replace(/\/+$/, '')
}

/** May hold a token in its path, so it is not repeated. */
export const secretUrl = (name: string, value: string) => {
  if (!/^https?:$/.test(parseUrl(value)?.protocol ?? '')) refuse(name, 'be an address such as https://example.org/hook')
  return value
}

/** One or more of them, separated by commas, first choice first. */
export const secretUrls = (name: string, value: string) =>
  value
    .split(',')
    .map((address) => address.trim())
    .filter(Boolean)
    .map((address) => secretUrl(name, address))

export const evmAddress = (name: string, value: string) =>
  isAddress(value) ? value : refuse(name, 'be an address such as 0xdAC17F958D2ee523a2206206994597C13D831ec7', value)

/** Forty hexadecimal digits. Whether the case of the letters is a right checksum is seen when the chain is used. */
const isAddress = (value: string) => /^0x[0-9a-fA-F]{40}$/.test(value)

/** Telegram and browsers ask for https; plain http is for this machine alone. */
export const httpsUrl = (name: string, value: string) => {
  const address = webUrl(name, value)
  const { protocol, hostname } = new URL(address)
  if (protocol !== 'https:' && !LOCAL_HOSTS.has(hostname)) {
    refuse(name, 'start with https:// (http:// is for localhost only)', value)
  }
  return address
}

/** May hold a password, so its value is not repeated. */
export const serverUrl = (protocols: string[], example: string) => (name: string, value: string) => {
  const url = parseUrl(value)
  if (!url || !protocols.includes(url.protocol) || !url.hostname) refuse(name, `look like ${example}`)
  return value
}

/** Addresses and networks, separated by commas. */
export const networks = (name: string, value: string) => {
  const entries = value.split(',').map((entry) => entry.trim())
  const wrong = entries.find((entry) => !isNetwork(entry))
  if (wrong !== undefined) refuse(name, 'list IP addresses or networks such as 10.0.0.0/8, separated by commas', value)
  return entries
}

function parseUrl(value: string) {
  return URL.canParse(value) ? new URL(value) : null
}
