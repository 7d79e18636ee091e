import { inject } from '@adonisjs/core'
import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import Admin from '#staff/models/admin'
import { asOperator } from '#core/operator'
import { explain } from '#staff/refusals'
import { ResetAdminPassword } from '#staff/actions/reset_admin_password'
import { ResetTwoFactor } from '#staff/actions/reset_two_factor'

/** The way back for an owner whom nobody else can help. */
export default class AdminReset extends BaseCommand {
  static commandName = 'admin:reset'
  static description = 'Let a locked-out admin in again: new password, second factor off'
  static options: CommandOptions = { startApp: true }

  @args.string({ description: 'E-mail address of the admin' })
  declare email: string

  @flags.boolean({ description: 'Generate a new password and print it once' })
  declare password: boolean

  @flags.boolean({ description: 'Switch the second factor off' })
  declare twoFactor: boolean

  @inject()
  async run(resetPassword: ResetAdminPassword, resetTwoFactor: ResetTwoFactor) {
    if (!this.password && !this.twoFactor) return this.#fail('Say what to reset: --password, --two-factor or both')
    const admin = await Admin.findBy('email', Admin.normalizeEmail(this.email))
    if (!admin) return this.#fail(explain({ code: 'admin_not_found' }))
    const target = { adminId: admin.id, actor: asOperator() }

    if (this.twoFactor) {
      const result = await resetTwoFactor.handle(target)
      if (!result.ok) return this.#fail(explain(result.refusal))
      this.logger.success(`The second factor of ${admin.email} is off`)
    }
    if (this.password) {
      const result = await resetPassword.handle(target)
      if (!result.ok) return this.#fail(explain(result.refusal))
      this.logger.success(`New password of ${admin.email}, shown only now: ${result.value.generatedPassword}`)
    }
  }

  #fail(message: string) {
    this.logger.error(message)
    this.exitCode = 1
  }
}
