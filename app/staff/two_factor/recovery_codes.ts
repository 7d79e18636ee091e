import type { Trx } from '#core/database/transaction'
import AdminRecoveryCode from '#staff/models/admin_recovery_code'
import { hashCode, randomCode } from '#staff/one_time_codes'

export const RECOVERY_CODES = 10
/** 80 bits: a fast hash keeps them safe. */
const LENGTH = 16

/** Makes a fresh set in place of an earlier one and returns it, the only time it can be read. */
export async function replaceRecoveryCodes(trx: Trx, adminId: number, now: number): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, () => randomCode(LENGTH))
  await deleteRecoveryCodes(trx, adminId)
  await AdminRecoveryCode.createMany(
    codes.map((code) => ({ adminId, codeHash: hashCode(code), createdAt: now, usedAt: null })),
    { client: trx }
  )
  return codes.map((code) => code.replace(/(.{4})(?=.)/g, '$1-'))
}

export async function deleteRecoveryCodes(trx: Trx, adminId: number) {
  await AdminRecoveryCode.query({ client: trx }).where('admin_id', adminId).delete()
}

export async function countRecoveryCodes(adminId: number): Promise<number> {
  const [{ $extras }] = await AdminRecoveryCode.query()
    .where('admin_id', adminId)
    .whereNull('used_at')
    .count('* as total')
  return Number($extras.total)
}
