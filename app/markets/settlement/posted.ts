import type { Trx } from '#core/database/transaction'
import type { Ledger } from '#ledger/ledger'
import type { TransferInput } from '#ledger/transfer_input'

/**
 * Posts a transfer for each bet and answers their ids by bet.
 *
 * @throws Error when one is refused: nothing that a settlement posts can be, unless the books are wrong; the batch is
 * undone then, and admins are told of a settlement that stands still.
 */
export async function posted(ledger: Ledger, trx: Trx, transfers: ReadonlyArray<[number, TransferInput]>) {
  const result = await ledger.transferAll(
    trx,
    transfers.map(([, transfer]) => transfer)
  )
  if (!result.ok) throw new Error(`The ledger refused a settlement: ${JSON.stringify(result.refusal)}`)
  return new Map(transfers.map(([betId], index) => [betId, result.value[index].id]))
}
