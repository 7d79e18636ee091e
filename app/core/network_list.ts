import { BlockList, isIP } from 'node:net'

/** A set of IP addresses and networks (`127.0.0.1`, `10.0.0.0/8`, `fd00::/8`). */
export class NetworkList {
  readonly #list = new BlockList()

  constructor(entries: string[]) {
    for (const entry of entries) {
      const [address, bits] = entry.split('/')
      const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
      if (bits === undefined) this.#list.addAddress(address, family)
      else this.#list.addSubnet(address, Number(bits), family)
    }
  }

  /** An IPv4 address that arrives through an IPv6 socket (`::ffff:127.0.0.1`) counts as itself. */
  includes(address: string): boolean {
    const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
    const version = isIP(plain)
    return version !== 0 && this.#list.check(plain, version === 6 ? 'ipv6' : 'ipv4')
  }
}

/** Whether it can be an entry of a list. */
export function isNetwork(entry: string): boolean {
  const [address, bits, ...rest] = entry.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}
