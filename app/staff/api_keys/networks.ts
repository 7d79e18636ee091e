import { isIP } from 'node:net'

export const MOST_NETWORKS = 50

/** Addresses and networks as people write them, one a line or separated by commas. */
export const parseNetworks = (text: string) =>
  text
    .split(/[\s,]+/)
    .map((entry) => entry.trim())
    .filter(Boolean)

/** `10.0.0.1`, `10.0.0.0/8` or `fd00::/8`. */
export function isNetwork(entry: string): boolean {
  const [address, bits, ...rest] = entry.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}
