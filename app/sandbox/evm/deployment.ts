import type { InterfaceAbi } from 'ethers'
import { type ContractName, readArtifact } from '#sandbox/evm/contracts/artifact'
import { loadEthers } from '#sandbox/evm/ethers'
import type { Rpc } from '#sandbox/evm/rpc'
import { receiptOf } from '#sandbox/evm/transactions'

/** The first of anvil's accounts: it deploys and owns the contracts, and mints. Its key is known to everybody. */
export const DEPLOYER = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266'

/** Where a new chain has them: an address follows from who deploys and how many transactions came before. */
export const USDT_ADDRESS = '0x5FbDB2315678afecb367f032d93F642f64180aa3'
export const VRF_ADDRESS = '0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512'
export const RAFFLE_ADDRESS = '0xCf7Ed3AccA5a467e9e704C703E8D87F634fB0Fc9'

const KEY_HASH = `0x${'51'.repeat(32)}`
const CALLBACK_GAS_LIMIT = 2_500_000n
/** A thousand LINK: ten thousand draws. */
const FUNDS = 1000n * 10n ** 18n

export interface RaffleTerms {
  /** Minor units of USDT. */
  entranceFee: bigint
  /** Seconds that a round is open at least. */
  interval: bigint
}

/** Puts the contracts on a chain on which the deployer has sent nothing yet. Mines as the chain does by itself. */
export async function deployContracts(rpc: Rpc, { entranceFee, interval }: RaffleTerms): Promise<void> {
  const { Interface, concat } = await loadEthers()
  const deploy = (name: ContractName, args: readonly unknown[] = []) => {
    const { abi, bytecode } = readArtifact(name)
    return transact({ data: concat([bytecode, new Interface(abi as InterfaceAbi).encodeDeploy(args)]) })
  }
  const transact = async (transaction: { to?: string; data: string }) =>
    receiptOf(rpc, await rpc.call<string>('eth_sendTransaction', [{ from: DEPLOYER, ...transaction }]))

  await deploy('Usdt')
  await deploy('VrfCoordinatorMock')
  const vrf = new Interface(readArtifact('VrfCoordinatorMock').abi as InterfaceAbi)
  const coordinator = (method: string, args: readonly unknown[] = []) =>
    transact({ to: VRF_ADDRESS, data: vrf.encodeFunctionData(method, args) })
  const created = await coordinator('createSubscription')
  const subscription = BigInt(created.logs[0]!.topics[1]!)
  await deploy('Raffle', [USDT_ADDRESS, VRF_ADDRESS, KEY_HASH, subscription, CALLBACK_GAS_LIMIT, entranceFee, interval])
  await coordinator('addConsumer', [subscription, RAFFLE_ADDRESS])
  await coordinator('fundSubscription', [subscription, FUNDS])
}
