import { isIP } from 'node:net'
import { NetworkList } from '#core/network_list'
import { networkOf } from '#core/network'

/** What IANA keeps for other purposes than the public internet (RFC 6890 and its successors). */
const RESERVED = new NetworkList([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  /** Teredo and others that carry an IPv4 address, documentation, 6to4. */
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
])

/** All of the public internet that speaks IPv6: whatever lies outside is local, or a tunnel to somewhere else. */
const GLOBAL_IPV6 = new NetworkList(['2000::/3'])

/** Whether an address is one of the public internet: not this machine, not the network it stands in. */
export function isPublicAddress(address: string): boolean {
  const plain = address.split('%')[0]
  const version = isIP(plain)
  if (version === 0) return false
  if (version === 4) return !RESERVED.includes(plain)
  const mapped = networkOf(plain)
  if (isIP(mapped) === 4) return isPublicAddress(mapped)
  return GLOBAL_IPV6.includes(plain) && !RESERVED.includes(plain)
}
