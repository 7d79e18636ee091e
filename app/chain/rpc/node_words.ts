import { CallReverted, RangeTooWide, SendRefused, type NodeRefused, type SendRefusal } from '#chain/rpc/rpc_errors'

/**
 * What nodes of several makers mean by their errors. Null: nothing that all nodes would say, so another one may be
 * asked. The words are those of geth, erigon, nethermind, anvil and the large providers, as they document them.
 */

const RATE = /rate.?limit|too many requests|request count|capacity|throttl|compute units/i

export const isRateLimit = ({ code, message }: NodeRefused) =>
  code === 429 || (RATE.test(message) && !RANGE.test(message))

const RANGE =
  /block range|range (is )?too|too (wide|large|many)|more than \d+|exceeds? .*(range|blocks|results)|max(imum)? .*(range|blocks|results)|limited to .*(blocks|range)|(results|logs|response) .*(limit|exceed|size)|query timeout/i

export function readRange(error: NodeRefused): RangeTooWide | null {
  return RANGE.test(error.message) ? new RangeTooWide(suggestedBlocks(error.message)) : null
}

/** `[0x10, 0x1f]` is 16 blocks; `up to a 500 block range` is 500. */
function suggestedBlocks(message: string) {
  const bounds = /\[\s*(0x[0-9a-f]+|\d+)\s*[,-]\s*(0x[0-9a-f]+|\d+)\s*\]/i.exec(message)
  if (bounds) return positive(Number(bounds[2]) - Number(bounds[1]) + 1)
  const count = /(\d[\d,]*)[\s-]*blocks?\b/i.exec(message) ?? /range\D{0,20}?(\d[\d,]*)/i.exec(message)
  return count ? positive(Number(count[1].replaceAll(',', ''))) : null
}

const positive = (blocks: number) => (Number.isSafeInteger(blocks) && blocks > 0 ? blocks : null)

const FAILS = /revert|out of gas|invalid opcode|insufficient funds|gas required exceeds|always failing|vm exception/i

export function readRevert({ code, message, data }: NodeRefused): CallReverted | null {
  if (code !== 3 && !FAILS.test(message)) return null
  return new CallReverted(reasonIn(data) ?? reasonOf(message), data)
}

const ERROR_STRING = '0x08c379a0'
const PANIC = '0x4e487b71'

function reasonIn(data: string | null) {
  if (data?.startsWith(PANIC)) return `panic 0x${BigInt(`0x${data.slice(10, 74)}`).toString(16)}`
  if (!data?.startsWith(ERROR_STRING)) return null
  const bytes = Buffer.from(data.slice(10), 'hex')
  if (bytes.length < 64) return null
  const length = Number(BigInt(`0x${bytes.subarray(32, 64).toString('hex')}`))
  return bytes.subarray(64, 64 + Math.min(length, 200)).toString('utf8')
}

/** Behind `execution reverted: ` or as the whole, when it is no more than that. */
function reasonOf(message: string) {
  const words = /revert(?:ed)?(?: with reason string)?:?\s*'?(.*?)'?$/i.exec(message)
  return words ? words[1].replace(/,?\s*data:.*$/, '') || null : message
}

const SEND: Array<[SendRefusal, RegExp]> = [
  ['known', /already known|already imported|already in mempool|known transaction|already exists|alreadyknown/i],
  ['nonce_too_low', /nonce (is )?too low|oldnonce|nonce has already been used/i],
  ['underpriced', /underpriced|replacement|fee too low|feetoolow/i],
  ['insufficient_funds', /insufficient (funds|balance)|insufficientfunds/i],
]

export function readSend(error: NodeRefused): SendRefused | null {
  const kind = SEND.find(([, words]) => words.test(error.message))?.[0]
  return kind ? new SendRefused(kind, error.message) : null
}
