import db from '@adonisjs/lucid/services/db'
import { Money } from '#core/money/money'

/** Bets taken in a period, and where markets stand now. */
export class MarketFiguresQuery {
  async run({ from, until }: { from: number; until: number }) {
    const taken = await db
      .from('bets')
      .where('created_at', '>=', from)
      .where('created_at', '<', until)
      .count('* as bets')
      .sum('stake as staked')
      .first()
    const active = await db.from('markets').where('status', 'active').count('* as markets').first()
    const waiting = await db.from('markets').where('status', 'closed').count('* as markets').first()
    const exposure = await db.from('house_exposure').select('used').first()
    return {
      bets: Number(taken.bets),
      staked: Money.of(BigInt(taken.staked ?? 0), 'PRED'),
      active: Number(active.markets),
      toResolve: Number(waiting.markets),
      exposure: Money.of(BigInt(exposure?.used ?? 0), 'PRED'),
    }
  }
}
