import { ChainOperationSchema } from '#database/schema'
import { Money } from '#core/money/money'
import { FINISHED_OPERATIONS, type OperationKind, type OperationStatus } from '#chain/values'

/** One thing wanted of the chain, done in one or more transactions. A wallet has one that is not finished at most. */
export default class ChainOperation extends ChainOperationSchema {
  static table = 'chain_operations'

  declare kind: OperationKind
  declare status: OperationStatus

  get money() {
    return this.amount === null ? null : Money.of(this.amount, 'USDT')
  }

  get isFinished() {
    return FINISHED_OPERATIONS.includes(this.status)
  }
}
