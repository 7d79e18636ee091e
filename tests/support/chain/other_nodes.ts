import app from '@adonisjs/core/services/app'
import { Chain } from '#chain/chain_config'
import { ChainRpc, type At, type CallRequest } from '#chain/rpc/chain_rpc'

type Changes = (rpc: ChainRpc) => Partial<ChainRpc>

/** From now on some answers are those of another node, for what is made after it. Answers what ends that. */
export async function answerOtherwise(changes: Changes) {
  const chain = await app.container.make(Chain)
  app.container.swap(ChainRpc, () => Object.assign(new ChainRpc(chain), changes(new ChainRpc(chain))))
  return () => app.container.restore(ChainRpc)
}

/** What is asked without the number of a block is answered by a node that is so many blocks behind. */
export const behind =
  (blocks: number): Changes =>
  (rpc) => {
    const seen = async (at: At) => (at === 'latest' ? (await rpc.head()) - blocks : at)
    return {
      balance: async (address: string, at: At = 'latest') => rpc.balance(address, await seen(at)),
      call: async (request: CallRequest, at: At = 'latest') => rpc.call(request, await seen(at)),
      estimateGas: async (request: CallRequest, at: At = 'latest') => rpc.estimateGas(request, await seen(at)),
    }
  }
