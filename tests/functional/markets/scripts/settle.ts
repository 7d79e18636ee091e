import app from '@adonisjs/core/services/app'
import { Settlements } from '#markets/settlement/settlements'

/** Settles to the end, as a worker does. */
export default async function settle(settlementId: number) {
  const settlements = await app.container.make(Settlements)
  await settlements.run(settlementId)
}
