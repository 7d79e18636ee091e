import type { Cell, CommonMessageInfoInternal, Message, TransactionDescriptionGeneric } from '@ton/core'
import type { TonMessageRecord, TonTransactionRecord } from '#sandbox/ton/types'

/** Nanoton: what a wallet's transaction and a message cost here. Close to reality and always the same. */
export const GAS_FEE = 2_500_000n
export const FORWARD_FEE = 400_000n

export interface NewTransaction {
  /** raw */
  address: string
  lt: bigint
  /** seconds */
  now: number
  previous?: { lt: string; hash: string }
  isActive: boolean
  wasActive: boolean
  inMessage: Message
  outMessages: Message[]
  fee: bigint
  /** messages asked for, for which there was no money */
  skipped: number
  /** the message was refused and goes back */
  isBounce?: boolean
}

/** A transaction as it stands in a block, serialised, with what toncenter shows of it. */
export async function recordTransaction(transaction: NewTransaction): Promise<TonTransactionRecord> {
  const ton = await import('@ton/core')
  const { address, lt, now, previous, inMessage, outMessages, fee } = transaction
  const messages = ton.Dictionary.empty(ton.Dictionary.Keys.Uint(15), messageValue(ton))
  for (const [index, message] of outMessages.entries()) messages.set(index, message)
  const cell = ton
    .beginCell()
    .store(
      ton.storeTransaction({
        address: BigInt(`0x${address.split(':')[1]}`),
        lt,
        prevTransactionHash: previous ? BigInt(`0x${Buffer.from(previous.hash, 'base64').toString('hex')}`) : 0n,
        prevTransactionLt: BigInt(previous?.lt ?? 0),
        now,
        outMessagesCount: outMessages.length,
        oldStatus: transaction.wasActive ? 'active' : 'uninitialized',
        endStatus: transaction.isActive ? 'active' : 'uninitialized',
        inMessage,
        outMessages: messages,
        totalFees: { coins: fee },
        stateUpdate: { oldHash: Buffer.alloc(32), newHash: Buffer.alloc(32) },
        description: description(transaction),
        raw: ton.Cell.EMPTY,
        hash: () => Buffer.alloc(32),
      })
    )
    .endCell()
  return {
    lt: String(lt),
    hash: cell.hash().toString('base64'),
    utime: now,
    data: cell.toBoc().toString('base64'),
    fee,
    inMessage: messageRecord(inMessage),
    outMessages: outMessages.map(messageRecord),
  }
}

function description(transaction: NewTransaction): TransactionDescriptionGeneric {
  const { isActive, wasActive, outMessages, skipped, inMessage, fee, isBounce = false } = transaction
  const isExternal = inMessage.info.type === 'external-in'
  return {
    type: 'generic',
    creditFirst: !isExternal,
    creditPhase: isExternal ? null : { credit: (inMessage.info as CommonMessageInfoInternal).value },
    computePhase: isActive
      ? {
          type: 'vm',
          success: true,
          messageStateUsed: isExternal && !wasActive,
          accountActivated: isExternal && !wasActive,
          gasFees: fee,
          gasUsed: 4939n,
          gasLimit: isExternal ? 0n : 1_000_000n,
          gasCredit: isExternal ? 10_000n : null,
          mode: 0,
          exitCode: 0,
          vmSteps: 120,
          vmInitStateHash: 0n,
          vmFinalStateHash: 0n,
        }
      : { type: 'skipped', reason: 'no-state' },
    actionPhase: isActive
      ? {
          success: true,
          valid: true,
          noFunds: skipped > 0,
          statusChange: 'unchanged',
          totalFwdFees: FORWARD_FEE * BigInt(outMessages.length),
          totalActionFees: 0n,
          resultCode: 0,
          totalActions: outMessages.length + skipped,
          specActions: 0,
          skippedActions: skipped,
          messagesCreated: outMessages.length,
          actionListHash: 0n,
          totalMessageSize: { cells: BigInt(outMessages.length), bits: 0n },
        }
      : null,
    bouncePhase: isBounce
      ? { type: 'ok', messageSize: { cells: 1n, bits: 0n }, messageFees: 0n, forwardFees: FORWARD_FEE }
      : null,
    aborted: isBounce,
    destroyed: false,
  }
}

function messageRecord({ info, body }: Message): TonMessageRecord {
  const isInternal = info.type === 'internal'
  return {
    source: isInternal ? info.src.toString() : '',
    destination: info.dest ? info.dest.toString() : '',
    value: isInternal ? info.value.coins : 0n,
    createdLt: isInternal ? String(info.createdLt) : '0',
    bodyHash: body.hash().toString('base64'),
    body: body.toBoc().toString('base64'),
  }
}

function messageValue({ beginCell, loadMessage, storeMessage }: typeof import('@ton/core')) {
  return {
    serialize: (message: Message, builder: { storeRef(cell: Cell): unknown }) => {
      builder.storeRef(beginCell().store(storeMessage(message)).endCell())
    },
    parse: (slice: { loadRef(): Cell }) => loadMessage(slice.loadRef().beginParse()),
  }
}
