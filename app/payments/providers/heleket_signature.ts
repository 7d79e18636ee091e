import { createHash, timingSafeEqual } from 'node:crypto'

/** `md5(base64(body) + key)` over the exact bytes: what Heleket signs, and wants signed. */
export const heleketSign = (body: string | Buffer, key: string): string =>
  createHash('md5').update(Buffer.from(body).toString('base64')).update(key).digest('hex')

/** Space that no signature covers, so only what a serialiser writes: nothing, one space, or a line with its indent. */
const AFTER_COMMA = '(?: |\\r?\\n(?: {2,}|\\t+))?'
const MEMBER = '"sign" ?: ?"([0-9a-f]{32})"'
const SIGN_LATER = new RegExp(`,${AFTER_COMMA}${MEMBER}(?=\\s*[,}])`, 'g')
const SIGN_FIRST = new RegExp(`(?<={\\s*)${MEMBER},${AFTER_COMMA}`, 'g')

/** A body has one signature; more are no reason to compute more. */
const MOST_CANDIDATES = 4

/**
 * A webhook carries its signature inside the body it signs. The member is cut out of the raw bytes, so that numbers,
 * spaces and escapes stay as they came; when that does not verify, the rest is written as the sender's PHP writes it
 * (slashes escaped, unicode as it is), which was signed if somebody between re-wrote the text.
 */
export function verifyHeleketWebhook(body: Buffer, key: string): boolean {
  return [...cutOut(body), ...rewritten(body)].some(({ sign, rest }) => isSame(sign, heleketSign(rest, key)))
}

/** Latin-1 keeps each byte a character, whatever the text's encoding. */
function cutOut(body: Buffer): Array<{ sign: string; rest: Buffer }> {
  const text = body.toString('latin1')
  const found = [...take(text.matchAll(SIGN_LATER)), ...take(text.matchAll(SIGN_FIRST))]
  return found.map(({ 0: member, 1: sign, index }) => ({
    sign,
    rest: Buffer.concat([body.subarray(0, index), body.subarray(index + member.length)]),
  }))
}

const take = (matches: Iterator<RegExpExecArray> & Iterable<RegExpExecArray>) =>
  Iterator.from(matches).take(MOST_CANDIDATES)

function rewritten(body: Buffer): Array<{ sign: string; rest: string }> {
  const { sign, ...members } = parseObject(body) ?? {}
  if (typeof sign !== 'string') return []
  return [{ sign, rest: JSON.stringify(members).replaceAll('/', '\\/') }]
}

function parseObject(body: Buffer): Record<string, unknown> | null {
  try {
    const value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
    return value && typeof value === 'object' && !Array.isArray(value) ? value : null
  } catch {
    return null
  }
}

function isSame(given: string, expected: string) {
  const [one, other] = [given, expected].map((text) => createHash('sha256').update(text).digest())
  return timingSafeEqual(one, other)
}
