import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { ok, refuse, type Result } from '#core/result'
import { Audit, type Actor } from '#core/contracts/audit'
import { isUniqueViolation } from '#core/database/unique_violation'
import { transaction, type Trx } from '#core/database/transaction'
import type { Role } from '#staff/roles'
import Admin from '#staff/models/admin'
import { closeSetup } from '#staff/first_owner/setup_record'
import { generatePassword, normalizePassword, weaknessOf } from '#staff/passwords/password'

export interface NewAdmin {
  email: string
  fullName: string
  role: Role
  /** Chosen by the new admin; left out, one is generated that they must change at the first login. */
  password?: string
}

export interface CreatedAdmin {
  admin: Admin
  /** To be shown once. */
  generatedPassword: string | null
}

/** Refuses with `email_taken` or a `PasswordWeakness`. The first owner closes the first-run page for ever. */
@inject()
export class CreateAdmin {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  async handle(input: NewAdmin, actor: Actor): Promise<Result<CreatedAdmin>> {
    try {
      return await transaction((trx) => this.within(trx, input, actor))
    } catch (error) {
      if (isUniqueViolation(error)) return refuse('email_taken')
      throw error
    }
  }

  /** As part of a larger change. */
  async within(trx: Trx, input: NewAdmin, actor: Actor): Promise<Result<CreatedAdmin>> {
    const email = Admin.normalizeEmail(input.email)
    const chosen = input.password === undefined ? null : normalizePassword(input.password)
    const weakness = chosen === null ? null : weaknessOf(chosen, [email, input.fullName])
    if (weakness) return refuse(weakness)
    if (await Admin.query({ client: trx }).where('email', email).first()) return refuse('email_taken')

    const generatedPassword = chosen === null ? generatePassword() : null
    const now = this.clock.now()
    const admin = await Admin.create(
      {
        email,
        fullName: input.fullName.trim(),
        role: input.role,
        password: chosen ?? generatedPassword!,
        mustChangePassword: generatedPassword !== null,
        passwordChangedAt: now,
        timeZone: 'UTC',
        theme: 'auto',
        createdAt: now,
        updatedAt: now,
      },
      { client: trx }
    )
    if (admin.role === 'owner') await closeSetup(trx, now)
    await this.audit.record(trx, {
      actor,
      action: 'admin.created',
      subjectType: 'admin',
      subjectId: admin.id,
      after: { email, fullName: admin.fullName, role: admin.role },
    })
    return ok({ admin: await admin.refresh(), generatedPassword })
  }
}
