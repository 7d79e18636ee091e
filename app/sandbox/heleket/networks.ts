import { createHash } from 'node:crypto'

/** Coins and the chains they can be paid on. */
export const HELEKET_NETWORKS: readonly { currency: string; network: string }[] = [
  { currency: 'USDT', network: 'tron' },
  { currency: 'USDT', network: 'ton' },
  { currency: 'TON', network: 'ton' },
  { currency: 'TRX', network: 'tron' },
  { currency: 'BTC', network: 'btc' },
  { currency: 'ETH', network: 'eth' },
  { currency: 'LTC', network: 'ltc' },
]

export function networkFor(currency: string, network?: string): { currency: string; network: string } | undefined {
  return HELEKET_NETWORKS.find((entry) => entry.currency === currency && (!network || entry.network === network))
}

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

const PREFIXES: Record<string, string> = { tron: 'T', ton: 'UQ', btc: 'bc1q', ltc: 'ltc1q', eth: '0x' }

/** An address that looks like one of its chain and belongs to nobody. */
export function addressOn(network: string, seed: string): string {
  const digest = createHash('sha256').update(`${network}:${seed}`).digest()
  if (network === 'eth') return `0x${digest.toString('hex').slice(0, 40)}`
  const length = network === 'ton' ? 46 : 33
  const letters = Array.from({ length }, (_, index) => BASE58[digest[index % digest.length] % BASE58.length]).join('')
  return PREFIXES[network] + (network === 'btc' || network === 'ltc' ? letters.toLowerCase() : letters)
}
