import type { KeyPair } from '@ton/crypto'
import { tonLibrary } from '#ton/ton_library'
import { walletOf } from '#ton/wallet_keys'

/** What a wallet pays. */
export interface TonPayment {
  destination: string
  /** Nanoton. */
  amount: bigint
  /** Base64 of a bag of cells, with or without padding. */
  payload: string | null
}

export interface SignedPayment {
  /** Base64 of the external message. */
  boc: string
  bodyHash: string
}

/**
 * Signs one payment of a W5 wallet. A seqno is used once by the chain, and after `validUntil` (epoch milliseconds)
 * the message can't get in any more; until then it may be sent any number of times. The first message of a wallet
 * brings its code along.
 */
export async function signPayment(
  keys: KeyPair,
  { destination, amount, payload }: TonPayment,
  { seqno, validUntil }: { seqno: number; validUntil: number }
): Promise<SignedPayment> {
  const { Address, beginCell, Cell, external, internal, SendMode, storeMessage } = await tonLibrary()
  const wallet = await walletOf(keys.publicKey)
  const body = wallet.createTransfer({
    seqno,
    secretKey: keys.secretKey,
    timeout: Math.floor(validUntil / 1000),
    sendMode: SendMode.PAY_GAS_SEPARATELY,
    messages: [
      internal({
        to: Address.parse(destination),
        value: amount,
        bounce: true,
        body: payload ? Cell.fromBase64(padded(payload)) : undefined,
      }),
    ],
  })
  const message = external({ to: wallet.address, init: seqno === 0 ? wallet.init : null, body })
  const boc = beginCell().store(storeMessage(message)).endCell().toBoc().toString('base64')
  return { boc, bodyHash: body.hash().toString('hex') }
}

/** Fragment leaves the padding out, and some write base64 for addresses. */
function padded(text: string) {
  const plain = text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '')
  return plain.padEnd(Math.ceil(plain.length / 4) * 4, '=')
}
