import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Audit, SYSTEM_ACTOR } from '#core/contracts/audit'
import { transaction, type Trx } from '#core/database/transaction'
import { formatMoney } from '#core/money/format_money'
import { HouseExposure } from '#markets/betting/house_exposure'
import Market from '#markets/models/market'
import MarketSettlement from '#markets/models/market_settlement'
import { pred } from '#markets/settlement/bet_transfers'
import { MarketFees } from '#markets/settlement/market_fees'
import { lockSettlement } from '#markets/settlement/locks'

/** The end of a settlement whose bets are all done: fee, exposure, the market's state. */
@inject()
export class FinishSettlement {
  constructor(
    private clock: Clock,
    private audit: Audit,
    private fees: MarketFees,
    private exposure: HouseExposure
  ) {}

  async handle(settlementId: number) {
    await transaction(async (trx) => {
      const locked = await lockSettlement(trx, settlementId)
      if (locked.settlement.status !== 'running') return
      await (locked.settlement.kind === 'reverse' ? this.#reversed(trx, locked) : this.#settled(trx, locked))
    })
  }

  async #settled(trx: Trx, { market, settlement }: Locked) {
    const now = this.clock.now()
    if (settlement.shared !== null) await this.fees.collect(trx, market, settlement)
    await settlement.merge({ status: 'done', finishedAt: now }).save()
    const { exposure } = market
    await market.merge({ exposure: 0n, settledAt: now, updatedAt: now }).save()
    await this.audit.record(trx, {
      ...{ actor: SYSTEM_ACTOR, action: 'market.settled', subjectType: 'market', subjectId: market.id },
      after: figuresOf(settlement),
    })
    await this.exposure.add(trx, -exposure)
  }

  async #reversed(trx: Trx, { market, settlement }: Locked) {
    const now = this.clock.now()
    const undone = await MarketSettlement.query({ client: trx }).where('id', settlement.reversesId!).firstOrFail()
    await this.fees.giveBack(trx, market, undone, settlement)
    await undone.merge({ reversedAt: now }).save()
    const before = { status: market.status, result: market.result }
    await market
      .merge({ status: 'closed', result: null, resolvedAt: null, cancelledAt: null, updatedAt: now })
      .merge({ revision: market.revision + 1 })
      .save()
    await settlement.merge({ status: 'done', finishedAt: now }).save()
    await this.audit.record(trx, {
      ...{ actor: SYSTEM_ACTOR, action: 'market.reversed', subjectType: 'market', subjectId: market.id, before },
      after: { status: 'closed', ...figuresOf(settlement), owed: formatMoney(pred(settlement.owed)) },
    })
  }
}

interface Locked {
  market: Market
  settlement: MarketSettlement
}

const figuresOf = ({ reference, kind, doneBets, donePayout }: MarketSettlement) => ({
  ...{ settlement: reference, kind, bets: doneBets, paid: formatMoney(pred(donePayout)) },
})
