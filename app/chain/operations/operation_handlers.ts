import type { Trx } from '#core/database/transaction'
import type { Result } from '#core/result'
import type ChainOperation from '#chain/models/chain_operation'
import type { Waiting } from '#chain/operations/reasons'
import type { OperationKind, TxKind } from '#chain/values'

/** The call that an operation is for. */
export interface Call {
  kind: TxKind
  to: string
  /** ABI-encoded call. */
  data: string
  /** USDT that the called contract takes by `transferFrom`: approved before, exactly that. */
  allowance?: bigint
}

/** What an operation is for, as the room that owns it knows. */
export interface OperationHandler {
  kind: OperationKind
  /**
   * Asked before anything is signed, and again before the call is; may read the chain, at the block `head`. A refusal
   * ends the operation.
   */
  check(operation: ChainOperation, head: number): Promise<Result<unknown>>
  call(operation: ChainOperation): Promise<Call>
  /** Why nothing may be signed for such operations now: they wait. Asked again in the transaction that signs. */
  hold?(trx?: Trx): Promise<Waiting | null>
  /** In the transaction of each change of its status: progress, then `confirmed`, `failed` or `needs_attention`. */
  changed(trx: Trx, operation: ChainOperation): Promise<void>
}

/** Registry of kinds; rooms register theirs when they boot. */
export class OperationHandlers {
  readonly #handlers = new Map<OperationKind, OperationHandler>()

  register(handler: OperationHandler) {
    this.#handlers.set(handler.kind, handler)
  }

  /** @throws for a kind of a room that is not there. */
  of(kind: OperationKind): OperationHandler {
    const handler = this.#handlers.get(kind)
    if (!handler) throw new Error(`Nobody registered a handler for operations of the kind "${kind}"`)
    return handler
  }
}
