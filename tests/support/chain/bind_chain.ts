import app from '@adonisjs/core/services/app'
import { Chain, type ChainConfig } from '#chain/chain_config'

/** Handlers and ticks were given it when the product booted: it stays the same one, only what it says changes. */
const chain = await app.container.make(Chain)

/**
 * The chain in place of what the environment says, until the test ends, for what was made when the product booted too:
 *
 *     group.each.setup(() => bindChain(world.chainConfig()))
 */
export function bindChain(config: ChainConfig | null) {
  Object.assign(chain, { config })
  return () => void Object.assign(chain, { config: null })
}

/** Of a chain that nothing is asked of. */
export const NOWHERE: ChainConfig = {
  chainId: 31_337,
  rpcUrls: ['http://127.0.0.1:9/'],
  usdt: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
  raffle: '0xCf7Ed3AccA5a467e9e704C703E8D87F634fB0Fc9',
  raffleAbi: null,
  startBlock: 7,
  confirmations: 12,
  pollMs: 20,
  explorerUrl: null,
}
