import { isIP } from 'node:net'

/**
 * What counts as one visitor: an IPv4 address, or the /64 of an IPv6 address, of which every subscriber has 2^64 to
 * choose from. Anything else stays as it is.
 */
export function networkOf(address: string): string {
  const plain = address.split('%')[0]
  if (isIP(plain) !== 6) return address
  const groups = groupsOf(plain)
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff
  if (isMapped)
    return groups
      .slice(6)
      .flatMap((group) => [group >> 8, group & 0xff])
      .join('.')
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`
}

/** The eight numbers of an IPv6 address; the URL parser brings every spelling into one. */
function groupsOf(address: string): number[] {
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const [head, tail] = canonical.split('::').map((part) => part.split(':').filter(Boolean))
  const groups = tail ? [...head, ...new Array(8 - head.length - tail.length).fill('0'), ...tail] : head
  return groups.map((group) => Number.parseInt(group, 16))
}
