import type { Trx } from '#core/database/transaction'
import Admin from '#staff/models/admin'

/**
 * Whether the panel would be without an owner if this admin were none. Locks all owners in one order: of two that
 * demote each other at the same moment, the second sees what the first did.
 */
export async function isLastOwner(trx: Trx, adminId: number): Promise<boolean> {
  const owners = await Admin.query({ client: trx })
    .where('role', 'owner')
    .whereNull('disabled_at')
    .orderBy('id')
    .forUpdate()
    .select('id')
  return owners.length === 1 && owners[0].id === adminId
}
