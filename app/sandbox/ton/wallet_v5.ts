import type { Cell, Message, OutActionSendMsg } from '@ton/core'
import { notAccepted, TonError } from '#sandbox/ton/ton_error'
import type { TonAccount } from '#sandbox/ton/types'

const AUTH_SIGNED = 0x7369676e
const SIGNATURE_BITS = 512

/** An external message for a wallet W5 (v5r1), taken apart. */
export interface WalletRequest {
  message: Message
  walletId: number
  /** seconds */
  validUntil: number
  seqno: number
  actions: OutActionSendMsg[]
  /** what the signature covers */
  signedHash: Buffer
  signature: Buffer
}

/** https://github.com/ton-blockchain/wallet-contract-v5/blob/main/types.tlb */
export async function readWalletRequest(boc: string): Promise<WalletRequest> {
  const { beginCell, Cell: CellClass, loadMessage, loadOutList } = await import('@ton/core')
  const message = loadMessage(rootOf(CellClass, boc).beginParse())
  if (message.info.type !== 'external-in') throw new TonError('Message is not an external inbound message', 400)
  const { body } = message
  const slice = body.beginParse()
  if (slice.remainingBits < SIGNATURE_BITS + 130 || slice.loadUint(32) !== AUTH_SIGNED) throw notAccepted(141)
  const [walletId, validUntil, seqno] = [slice.loadUint(32), slice.loadUint(32), slice.loadUint(32)]
  const list = slice.loadMaybeRef()
  const actions = list ? loadOutList(list.beginParse()) : []
  if (slice.loadBit() || actions.some(({ type }) => type !== 'sendMsg')) {
    throw new TonError('The sandbox takes messages to send only, no extended actions of the wallet', 400)
  }
  const signedBits = body.bits.length - SIGNATURE_BITS
  const signed = beginCell().storeBits(body.bits.substring(0, signedBits))
  for (const reference of body.refs) signed.storeRef(reference)
  return {
    message,
    walletId,
    validUntil,
    seqno,
    actions: actions as OutActionSendMsg[],
    signedHash: signed.endCell().hash(),
    signature: body
      .beginParse()
      .skip(signedBits)
      .loadBuffer(SIGNATURE_BITS / 8),
  }
}

/** Refuses what the wallet's code would refuse, in its order. */
export async function assertAccepted(request: WalletRequest, account: TonAccount, nowSeconds: number): Promise<void> {
  const { signVerify } = await import('@ton/crypto')
  const { walletId, publicKey } = account.wallet!
  if (!signVerify(request.signedHash, request.signature, Buffer.from(publicKey, 'hex'))) throw notAccepted(135)
  if (request.seqno !== account.seqno) throw notAccepted(133)
  if (request.walletId !== walletId) throw notAccepted(134)
  if (request.validUntil <= nowSeconds) throw notAccepted(136)
}

/** The wallet that a message's state init would deploy at its destination. */
export async function deployedWallet({ init, info }: Message): Promise<TonAccount['wallet']> {
  if (info.type !== 'external-in' || !init?.code || !init.data) return undefined
  const { contractAddress } = await import('@ton/core')
  if (!contractAddress(info.dest.workChain, init).equals(info.dest)) throw notAccepted(-14)
  const data = init.data.beginParse()
  data.skip(1 + 32)
  return {
    code: init.code.toBoc().toString('base64'),
    walletId: data.loadUint(32),
    publicKey: data.loadBuffer(32).toString('hex'),
  }
}

/** The wallet's data cell as it stands. */
export async function walletData({ wallet, seqno }: TonAccount): Promise<string> {
  const { beginCell } = await import('@ton/core')
  const { walletId, publicKey } = wallet!
  const data = beginCell().storeBit(1).storeUint(seqno, 32).storeUint(walletId, 32)
  return data.storeBuffer(Buffer.from(publicKey, 'hex')).storeBit(0).endCell().toBoc().toString('base64')
}

function rootOf(cell: typeof Cell, boc: string): Cell {
  try {
    return cell.fromBoc(Buffer.from(boc, 'base64'))[0]
  } catch (error) {
    throw new TonError(`LITE_SERVER_UNKNOWN: cannot parse message boc: ${(error as Error).message}`, 400)
  }
}
