import type { Actor } from '#core/contracts/audit'
import { dryRun } from '#core/database/dry_run'
import type { Trx } from '#core/database/transaction'
import { ok, type Refusal, type Result } from '#core/result'
import { entriesOf, type EntryView } from '#admin/shared/transfers'

/** In whose name a preview is made; nothing of it stays. */
export const PREVIEW_ACTOR: Actor = { type: 'system', id: null, name: 'preview' }

/**
 * What an action would do to the ledger, entry by entry with the balances after it: the action's own code does it in a
 * transaction that is taken back, so that no preview can differ from what happens. Or why it is not possible.
 */
export function previewOf(work: (trx: Trx) => Promise<Result<unknown>>): Promise<Result<EntryView[], Refusal>> {
  return dryRun(async (trx) => {
    const [{ last }] = await trx.from('ledger_transfers').max('id as last')
    const done = await work(trx)
    if (!done.ok) return done
    const posted = await trx
      .from('ledger_transfers')
      .where('id', '>', last ?? 0)
      .where('actor_name', PREVIEW_ACTOR.name)
      .orderBy('id')
      .select('id')
    return ok(
      await entriesOf(
        posted.map(({ id }) => id),
        trx
      )
    )
  })
}
