import app from '@adonisjs/core/services/app'
import type Admin from '#staff/models/admin'
import { ConfirmTwoFactor } from '#staff/actions/confirm_two_factor'
import { StartTwoFactor } from '#staff/actions/start_two_factor'
import { totpCode } from '#staff/two_factor/totp'

const PERIOD = 30_000

/** Enrols an admin as the profile does. `code()` is the next code: the present one was used up by the enrolment. */
export async function enrolTwoFactor(admin: Admin) {
  const start = await app.container.make(StartTwoFactor)
  const confirm = await app.container.make(ConfirmTwoFactor)
  const started = await start.handle(admin.id)
  if (!started.ok) throw new Error(started.refusal.code)

  const { secret } = started.value
  const confirmed = await confirm.handle({
    adminId: admin.id,
    code: totpCode(secret, Date.now()),
    actor: { type: 'admin', id: admin.id, name: admin.fullName },
  })
  if (!confirmed.ok) throw new Error(confirmed.refusal.code)
  await admin.refresh()
  return { secret, recoveryCodes: confirmed.value, code: () => totpCode(secret, Date.now() + PERIOD) }
}
