/** No node gave an answer that can be trusted: nothing is known of what was asked. */
export class ChainUnavailable extends Error {}

/** Every node that answers serves another chain than the configured one. */
export class WrongChain extends ChainUnavailable {
  readonly code = 'E_CONFIGURATION'
}

/** The nodes won't look through so many blocks, or so many results, at once. */
export class RangeTooWide extends Error {
  constructor(
    /** Blocks that the node offers instead, when it says so. */
    readonly suggested: number | null
  ) {
    super('The node refuses a range of that size')
  }
}

/** What was simulated would fail on the chain as it is now. */
export class CallReverted extends Error {
  constructor(
    /** The contract's own words, when it gave some as text. */
    readonly reason: string | null,
    /** What it returned: a custom error is decoded with the contract's ABI. */
    readonly data: string | null
  ) {
    super(`The call would fail: ${reason ?? data ?? 'no reason given'}`)
  }
}

/**
 * `known`: it is among the waiting ones or mined already; `nonce_too_low`: that nonce is used, perhaps by this very
 * transaction; `underpriced`: another one of that nonce stands there and pays as much.
 */
export type SendRefusal = 'known' | 'nonce_too_low' | 'underpriced' | 'insufficient_funds' | 'other'

/** A node won't take a signed transaction. */
export class SendRefused extends Error {
  constructor(
    readonly kind: SendRefusal,
    message: string
  ) {
    super(message)
  }
}

/** One node did not answer, or not with what was asked for. Stays within this folder. */
export class NodeFailed extends Error {}

/** One node said no, in words of its own. Stays within this folder. */
export class NodeRefused extends Error {
  constructor(
    readonly code: number,
    message: string,
    readonly data: string | null
  ) {
    super(message)
  }
}
