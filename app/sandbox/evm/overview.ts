import { EVM_CHAIN_ID } from '#sandbox/evm/chain'
import { RAFFLE_ADDRESS, USDT_ADDRESS, VRF_ADDRESS } from '#sandbox/evm/deployment'
import type { LocalChain } from '#sandbox/evm/local_chain'

const BLOCKS = 15

/** What people and programs are told of the sandbox's chain. Amounts in minor units, wei, or LINK's units. */
export async function overviewOf(chain: LocalChain) {
  const { calls, keeper, settings } = chain
  const [blocks, link, usdtPaused, fee, raffle] = await Promise.all([
    chain.lastBlocks(BLOCKS),
    chain.link(),
    calls.read<boolean>('usdt', 'paused'),
    calls.read<bigint>('usdt', 'basisPointsRate'),
    raffleOf(chain),
  ])
  return {
    chainId: EVM_CHAIN_ID,
    addresses: { usdt: USDT_ADDRESS, raffle: RAFFLE_ADDRESS, vrf: VRF_ADDRESS },
    ...settings,
    link,
    usdt: { paused: usdtPaused, feeBasisPoints: fee },
    raffle,
    requests: keeper.pending,
    blocks: blocks.map(({ number, hash, timestamp, transactions }) => ({
      number: Number(number),
      hash,
      minedAt: Number(timestamp) * 1000,
      transactions,
    })),
  }
}

export type Overview = Awaited<ReturnType<typeof overviewOf>>

async function raffleOf({ calls }: LocalChain) {
  const read = <T>(method: string, args: readonly unknown[] = []) => calls.read<T>('raffle', method, args)
  const [round, players, paused, interval, entranceFee, state] = await Promise.all([
    read<bigint>('getRound'),
    read<string[]>('getPlayers'),
    read<boolean>('paused'),
    read<bigint>('getInterval'),
    read<bigint>('getEntranceFee'),
    read<bigint>('getRaffleState'),
  ])
  const { pool } = await read<{ pool: bigint }>('getRoundInfo', [round])
  const status = state === 0n ? ('open' as const) : ('drawing' as const)
  return { round, status, players: players.length, pool, paused, interval, entranceFee }
}
