import { tonLibrary } from '#ton/ton_library'

export interface TonMessageOut {
  destination: string
  /** Nanoton. */
  value: bigint
}

/** A transaction of a wallet, as far as a payment needs it. */
export interface TonTransaction {
  lt: bigint
  hash: string
  /** Of the body of the message that came in: signed bodies never repeat. */
  bodyHash: string | null
  /** Whether the contract ran to its end and did what it decided. */
  succeeded: boolean
  /** Set when money came back: who had refused it. */
  bouncedFrom: string | null
  out: TonMessageOut[]
}

/** Reads a serialised transaction: base64 of a bag of cells. */
export async function parseDataOf(data: string): Promise<TonTransaction> {
  const { Cell, loadTransaction } = await tonLibrary()
  const transaction = loadTransaction(Cell.fromBase64(data).beginParse())
  const { inMessage, description } = transaction
  const isGeneric = description.type === 'generic'
  const computed = isGeneric && description.computePhase.type === 'vm' && description.computePhase.success
  return {
    lt: transaction.lt,
    hash: transaction.hash().toString('hex'),
    bodyHash: inMessage?.body.hash().toString('hex') ?? null,
    succeeded: computed && description.actionPhase?.success === true,
    bouncedFrom:
      inMessage?.info.type === 'internal' && inMessage.info.bounced ? inMessage.info.src.toRawString() : null,
    out: transaction.outMessages
      .values()
      .flatMap(({ info }) =>
        info.type === 'internal' ? [{ destination: info.dest.toRawString(), value: info.value.coins }] : []
      ),
  }
}
