import type { Trx } from '#core/database/transaction'
import FirstOwnerSetup from '#staff/models/first_owner_setup'

const ONLY_ROW = 1

/** Makes the row when there is none and locks it, so that whoever sets the panel up does it alone. */
export async function lockSetup(trx: Trx, now: number): Promise<FirstOwnerSetup> {
  await trx
    .knexQuery()
    .table('first_owner_setup')
    .insert({ id: ONLY_ROW, token_hash: null, created_at: now, completed_at: null })
    .onConflict('id')
    .ignore()
  return FirstOwnerSetup.query({ client: trx }).where('id', ONLY_ROW).forUpdate().firstOrFail()
}

/** For ever: the page opens no more, whatever happens to the owners. */
export async function closeSetup(trx: Trx, now: number) {
  const setup = await lockSetup(trx, now)
  if (setup.completedAt === null) await setup.merge({ tokenHash: null, completedAt: now }).save()
}

export async function isSetupOpen(): Promise<boolean> {
  const setup = await FirstOwnerSetup.find(ONLY_ROW)
  return setup !== null && setup.completedAt === null && setup.tokenHash !== null
}
