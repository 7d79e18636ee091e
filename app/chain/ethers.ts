/** ethers is large: whoever encodes, signs or checks an address first loads these parts of it, and no others. */
export async function ethersLibrary() {
  const [abi, address, crypto, transaction] = await Promise.all([
    import('ethers/abi'),
    import('ethers/address'),
    import('ethers/crypto'),
    import('ethers/transaction'),
  ])
  const { Interface } = abi
  const { getAddress } = address
  const { SigningKey, keccak256 } = crypto
  const { Transaction, computeAddress } = transaction
  return { Interface, getAddress, SigningKey, Transaction, computeAddress, keccak256 }
}

export type Ethers = Awaited<ReturnType<typeof ethersLibrary>>
