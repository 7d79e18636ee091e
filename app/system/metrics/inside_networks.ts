import env from '#start/env'
import { NetworkList } from '#core/network_list'

const LOOPBACK = ['127.0.0.0/8', '::1']

/** Who may read metrics and details of health: METRICS_ALLOWED_IPS, and this machine alone when it is not set. */
export class InsideNetworks {
  readonly #list: NetworkList

  constructor(entries: string[] = env.get('METRICS_ALLOWED_IPS') ?? LOOPBACK) {
    this.#list = new NetworkList(entries)
  }

  includes(address: string) {
    return this.#list.includes(address)
  }
}
