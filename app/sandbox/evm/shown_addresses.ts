import { RAFFLE_ADDRESS, USDT_ADDRESS, VRF_ADDRESS } from '#sandbox/evm/deployment'
import type { World } from '#sandbox/world'

const LOOKED_THROUGH = 2000
const ADDRESS = /0x[0-9a-fA-F]{40}(?![0-9a-fA-F])/g
const CONTRACTS = new Set([USDT_ADDRESS, RAFFLE_ADDRESS, VRF_ADDRESS])

export interface ShownAddress {
  address: string
  /** In whose chat. */
  customer: string
}

/** Addresses that the bot has shown to people of late: where a faucet is wanted, most often. Newest first. */
export function shownAddresses(world: World): ShownAddress[] {
  const found = new Map<string, ShownAddress>()
  for (const message of world.messages.newest(LOOKED_THROUGH)) {
    if (!message.from?.is_bot || message.chat.type !== 'private') continue
    for (const address of (message.text ?? message.caption ?? '').match(ADDRESS) ?? []) {
      if (CONTRACTS.has(address) || found.has(address)) continue
      found.set(address, { address, customer: message.chat.first_name ?? String(message.chat.id) })
    }
  }
  return [...found.values()]
}
