import { ethersLibrary } from '#chain/ethers'

const COORDINATOR = [
  `event RandomWordsFulfilled(uint256 indexed requestId, uint256 outputSeed, uint256 indexed subId, uint96 payment,
    bool nativePayment, bool success, bool onlyPremium)`,
]

/** What logs of a coordinator of Chainlink's VRF v2.5 are read with (docs.chain.link/vrf/v2-5). */
export async function coordinatorInterface() {
  const { Interface } = await ethersLibrary()
  return new Interface(COORDINATOR)
}

/** The first word of an answer: the coordinator makes them of its proven seed, as `keccak256(abi.encode(seed, 0))`. */
export async function firstWord(seed: bigint): Promise<bigint> {
  const { keccak256 } = await ethersLibrary()
  const word = (value: bigint) => value.toString(16).padStart(64, '0')
  return BigInt(keccak256(`0x${word(seed)}${word(0n)}`))
}
