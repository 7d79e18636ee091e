import app from '@adonisjs/core/services/app'
import { Chain, ChainOf, type ChainConfig } from '#chain/chain_config'
import { ChainRpc } from '#chain/rpc/chain_rpc'

/**
 * The chain and its nodes in place of what the environment says, until the test ends:
 *
 *     group.each.setup(() => bindChain(world.chainConfig()))
 */
export function bindChain(config: ChainConfig | null) {
  const chain = new ChainOf(config)
  const rpc = new ChainRpc(chain)
  app.container.swap(Chain, () => chain)
  app.container.swap(ChainRpc, () => rpc)
  return () => app.container.restoreAll([Chain, ChainRpc])
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
