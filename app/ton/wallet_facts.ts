import { tonLibrary } from '#ton/ton_library'
import { MAINNET, walletOf } from '#ton/wallet_keys'

/** A wallet as TON Connect describes it to a page. Nothing of it is secret. */
export interface PublicWalletFacts {
  /** Raw: `0:` and hex. */
  address: string
  chain: string
  /** Base64 of a bag of cells. */
  walletStateInit: string
  publicKey: string
}

export async function walletFacts(publicKey: string): Promise<PublicWalletFacts> {
  const { beginCell, storeStateInit } = await tonLibrary()
  const wallet = await walletOf(Buffer.from(publicKey, 'hex'))
  const state = beginCell().store(storeStateInit(wallet.init)).endCell()
  return {
    address: wallet.address.toRawString(),
    chain: String(MAINNET),
    walletStateInit: state.toBoc().toString('base64'),
    publicKey,
  }
}

/** `0:` and hex, by which two spellings of an address can be compared. Null when it is none. */
export async function rawAddress(text: string): Promise<string | null> {
  const { Address } = await tonLibrary()
  try {
    return Address.parse(text).toRawString()
  } catch {
    return null
  }
}
