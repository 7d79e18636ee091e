import app from '@adonisjs/core/services/app'
import { Claims } from '#notifications/sender/claims'

/** Claims small batches until nothing is left; answers the ids. */
export default async function claimAll(claimant: string): Promise<number[]> {
  const claims = await app.container.make(Claims)
  const ids: number[] = []
  for (;;) {
    const rows = await claims.claim({ claimant, transactional: 4, broadcast: 4, broadcastIds: [1, 2] })
    if (rows.length === 0) return ids
    ids.push(...rows.map(({ id }) => id))
  }
}
