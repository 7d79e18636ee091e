/** The TON packages are large: they are loaded by whoever signs or reads a transaction first. */
export async function tonLibrary() {
  const [core, crypto, ton] = await Promise.all([import('@ton/core'), import('@ton/crypto'), import('@ton/ton')])
  return { ...core, ...crypto, WalletContractV5R1: ton.WalletContractV5R1 }
}
