import app from '@adonisjs/core/services/app'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { Settings } from '#core/contracts/settings'
import { transaction } from '#core/database/transaction'
import { ResolveMarket } from '#markets/actions/resolve_market'
import { settlementApprovalAbove } from '#markets/settings'

/** Decides that it ended with YES, as an admin does; nobody needs to agree. Answers the id of the settlement. */
export default async function resolve(market: string): Promise<number> {
  const settings = await app.container.make(Settings)
  await transaction((trx) => settings.set(trx, settlementApprovalAbove, '1000000000'))
  const action = await app.container.make(ResolveMarket)
  const decided = await action.handle({
    ...{ reference: market, result: 'YES', evidenceUrl: null, note: 'Bench', confirmEarly: true },
    ...{ expected: null, actor: SYSTEM_ACTOR },
  })
  if (!decided.ok) throw new Error(`Refused: ${decided.refusal.code}`)
  return decided.value.settlement.id
}
