import Raffle from '#raffles/models/raffle'
import RaffleReceipt from '#raffles/models/raffle_receipt'
import { replay, type DrawReceipt } from '#raffles/receipt/draw_receipt'

/** The draw of a round, done again with the chain's numbers; null when no finished round has that reference. */
export class DrawReceiptQuery {
  async run(reference: string): Promise<DrawReceipt | null> {
    const raffle = await Raffle.query().where({ reference, status: 'finished' }).first()
    if (!raffle) return null
    const receipt = await RaffleReceipt.findBy('raffleId', raffle.id)
    return replay(raffle, receipt?.facts ?? null)
  }
}
