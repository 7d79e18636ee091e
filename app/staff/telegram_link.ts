import type { Actor, Audit } from '#core/contracts/audit'
import type { Trx } from '#core/database/transaction'
import type Admin from '#staff/models/admin'
import AdminLinkCode from '#staff/models/admin_link_code'

/** Takes the Telegram account, and any code that could link one, from a locked admin; audited if there was one. */
export async function cutTelegramLink(trx: Trx, admin: Admin, audit: Audit, actor: Actor) {
  await AdminLinkCode.query({ client: trx }).where('admin_id', admin.id).delete()
  const { telegramId } = admin
  if (telegramId === null) return
  await admin.merge({ telegramId: null }).save()
  await audit.record(trx, {
    actor,
    action: 'admin.telegram_unlinked',
    subjectType: 'admin',
    subjectId: admin.id,
    before: { telegramId },
    after: { telegramId: null },
  })
}
