import { LedgerTransferSchema } from '#database/schema'
import type { ActorType } from '#core/contracts/audit'
import type { TransferKind } from '#ledger/transfer_kinds'

export default class LedgerTransfer extends LedgerTransferSchema {
  static table = 'ledger_transfers'

  declare kind: TransferKind
  declare actorType: ActorType
}
