import type { KeyPair } from '@ton/crypto'
import { tonLibrary } from '#ton/ton_library'

/** Chain id of the main network, which is part of a W5 wallet's address. */
export const MAINNET = -239

export const WORDS = 24

/** Words as people paste them. */
export const wordsOf = (mnemonic: string) => mnemonic.trim().toLowerCase().split(/\s+/)

/** Null when they are not the words of a TON wallet. */
export async function keysOf(words: string[]): Promise<KeyPair | null> {
  const { mnemonicToPrivateKey, mnemonicValidate } = await tonLibrary()
  if (words.length !== WORDS || !(await mnemonicValidate(words))) return null
  return mnemonicToPrivateKey(words)
}

/** The W5 wallet of a public key. */
export async function walletOf(publicKey: Buffer) {
  const { WalletContractV5R1 } = await tonLibrary()
  return WalletContractV5R1.create({ workchain: 0, publicKey, walletId: { networkGlobalId: MAINNET } })
}
