import { RaffleReceiptSchema } from '#database/schema'
import type { DrawFacts } from '#raffles/receipt/draw_facts'

/** What the chain says of a draw that is over. */
export default class RaffleReceipt extends RaffleReceiptSchema {
  static table = 'raffle_receipts'

  declare facts: DrawFacts
}
