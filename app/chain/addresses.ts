import { ethersLibrary } from '#chain/ethers'
import { ok, refuse, type Result } from '#core/result'

const ADDRESS = /^0x[0-9a-fA-F]{40}$/

export const ZERO_ADDRESS = `0x${'0'.repeat(40)}`

/** What addresses are compared and found by. */
export const addressKey = (address: string) => address.toLowerCase()

/**
 * An address as a person typed it, as EIP-55 writes it. Letters of one case carry no checksum; of both they must be a
 * right one. Refuses `address_invalid` or `address_checksum`.
 */
export async function parseAddress(text: string): Promise<Result<string>> {
  const typed = text.trim()
  if (!ADDRESS.test(typed)) return refuse('address_invalid')
  const digits = typed.slice(2)
  const { getAddress } = await ethersLibrary()
  const address = getAddress(addressKey(typed))
  const isOneCase = digits === digits.toLowerCase() || digits === digits.toUpperCase()
  return isOneCase || typed === address ? ok(address) : refuse('address_checksum')
}
