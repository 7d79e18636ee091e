import { MarkupError } from '#broadcasts/markup/markup_error'
import { isPlaceholder, PLACEHOLDER, type PlaceholderName } from '#broadcasts/markup/placeholders'

/** Telegram drops a link with any other scheme without a word. */
const SCHEMES = ['http:', 'https:', 'tg:', 'ton:', 'tonsite:']
const MAX_LENGTH = 2048

/** 64 characters, as Telegram admits, of which each may take four bytes of three characters in an address. */
const LONGEST_NAME = 64 * 4 * 3
const LONGEST_VALUES: Record<PlaceholderName, number> = {
  first_name: LONGEST_NAME,
  last_name: LONGEST_NAME,
  full_name: 2 * LONGEST_NAME + '%20'.length,
  username: 32,
  language: 5,
  telegram_id: 16,
  referral_code: 16,
}

/** A link that Telegram opens: one of its schemes, and a host. */
export function isLink(address: string): boolean {
  if (address.length > MAX_LENGTH || /\s/.test(address) || !URL.canParse(address)) return false
  const { protocol, host } = new URL(address)
  return SCHEMES.includes(protocol) && host !== ''
}

/** Placeholders may stand in path and query, where whatever fills them leaves it a link. */
export function checkLink(address: string, position: number): string {
  const url = address.slice(0, 100)
  if (!address) throw new MarkupError('link_without_address', position)
  if (hasBlankBeforePath(address)) throw new MarkupError('link_host', position, { url })
  if (!isLink(address)) throw new MarkupError('link_scheme', position, { url })
  const length = longestOf(address)
  if (length > MAX_LENGTH) throw new MarkupError('link_too_long', position, { length, limit: MAX_LENGTH })
  return address
}

function hasBlankBeforePath(address: string) {
  const [beforePath] = /^[^/?#]*(?:\/\/[^/?#]*)?/.exec(address)!
  return [...beforePath.matchAll(PLACEHOLDER)].some(([, name]) => isPlaceholder(name))
}

function longestOf(address: string) {
  const filled = address.replace(PLACEHOLDER, (whole, name: string, fallback = '') =>
    isPlaceholder(name) ? 'x'.repeat(Math.max(LONGEST_VALUES[name], fallback.length)) : whole
  )
  return filled.length
}
