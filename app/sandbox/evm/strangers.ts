import { RAFFLE_ADDRESS } from '#sandbox/evm/deployment'
import type { LocalChain } from '#sandbox/evm/local_chain'

/** The fourth of anvil's accounts and two more: people who are no customers. */
const STRANGERS = [
  '0x90F79bf6EB2c4f870365E785982E1f101E93b906',
  '0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65',
  '0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc',
]
const MANY = 2n ** 255n

/** Somebody from outside enters the raffle: pays for it, and is mined at once. Answers who it was. */
export async function letStrangerEnter(chain: LocalChain): Promise<string> {
  const { calls } = chain
  const entered = await calls.read<bigint>('raffle', 'getNumberOfPlayers')
  const stranger = STRANGERS[Number(entered) % STRANGERS.length]!
  const fee = await calls.read<bigint>('raffle', 'getEntranceFee')
  const allowed = await calls.read<bigint>('usdt', 'allowance', [stranger, RAFFLE_ADDRESS])
  if (allowed === 0n) {
    await chain.act({ from: stranger, contract: 'usdt', method: 'approve', args: [RAFFLE_ADDRESS, MANY] })
  }
  await chain.own('usdt', 'mint', [stranger, fee])
  await chain.miner.mine(1)
  await chain.act({ from: stranger, contract: 'raffle', method: 'enterRaffle' })
  await chain.miner.mine(1)
  return stranger
}
