import { ChainTxAttemptSchema } from '#database/schema'

/** One signature for a transaction: the first, or another one at a higher price of gas. */
export default class ChainTxAttempt extends ChainTxAttemptSchema {
  static table = 'chain_tx_attempts'
}
