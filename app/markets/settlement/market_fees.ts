import { inject } from '@adonisjs/core'
import type { Trx } from '#core/database/transaction'
import { system } from '#ledger/accounts'
import { Ledger } from '#ledger/ledger'
import type { TransferInput } from '#ledger/transfer_input'
import type Market from '#markets/models/market'
import type MarketSettlement from '#markets/models/market_settlement'
import { HOUSE, pred } from '#markets/settlement/bet_transfers'

const FEES = system('fees', 'PRED')

/** What a pool leaves to the house: its fee, and the units that rounding left. */
@inject()
export class MarketFees {
  constructor(private ledger: Ledger) {}

  async collect(trx: Trx, market: Market, settlement: MarketSettlement) {
    const left = settlement.staked - settlement.donePayout
    if (left <= 0n) return
    await this.#post(trx, {
      ...{ kind: 'market_fee', key: keyOf(settlement), actor: settlement.decidedBy },
      postings: [{ from: HOUSE, to: FEES, amount: pred(left) }],
      reference: { type: 'market', id: market.reference },
    })
  }

  async giveBack(trx: Trx, market: Market, undone: MarketSettlement, reversal: MarketSettlement) {
    const fee = await trx.from('ledger_transfers').where('idempotency_key', keyOf(undone)).select('id').first()
    if (!fee) return
    await this.#post(trx, {
      ...{ kind: 'reversal', key: `${keyOf(undone)}:reversed`, actor: reversal.decidedBy, corrects: fee.id },
      postings: [{ from: FEES, to: HOUSE, amount: pred(undone.staked - undone.donePayout) }],
      reference: { type: 'market', id: market.reference },
    })
  }

  async #post(trx: Trx, transfer: TransferInput) {
    const posted = await this.ledger.transfer(trx, transfer)
    if (!posted.ok) throw new Error(`The ledger refused a market's fee: ${JSON.stringify(posted.refusal)}`)
  }
}

const keyOf = ({ id }: MarketSettlement) => `settlement:${id}:fee`
