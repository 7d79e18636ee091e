import env from '#start/env'
import { NetworkList } from '#core/network_list'

/** ADMIN_HOST and ADMIN_ALLOWED_IPS: without them the panel answers under every name and to everybody. */
export class PanelAccess {
  readonly #networks: NetworkList | null

  constructor(
    private host: string | undefined = env.get('ADMIN_HOST'),
    networks: string[] | undefined = env.get('ADMIN_ALLOWED_IPS')
  ) {
    this.#networks = networks ? new NetworkList(networks) : null
  }

  admitsHost(host: string | null) {
    return this.host === undefined || host?.toLowerCase() === this.host.toLowerCase()
  }

  admitsAddress(ip: string) {
    return this.#networks === null || this.#networks.includes(ip)
  }
}
