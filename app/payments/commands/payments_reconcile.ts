import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

export default class PaymentsReconcile extends BaseCommand {
  static commandName = 'payments:reconcile'
  static description = 'Compare invoices, providers and ledger; what a provider knows better takes effect'
  static help = ['Ends with 1 when something is left to look at.']
  static options: CommandOptions = { startApp: true }

  @flags.number({ description: 'How many days back', default: 7 })
  declare days: number

  async run() {
    if (!Number.isSafeInteger(this.days) || this.days < 1 || this.days > 3650) {
      this.logger.error('--days is a whole number from 1 to 3650')
      this.exitCode = 1
      return
    }
    const { Reconcile } = await import('#payments/reconcile')
    const reconcile = await this.app.container.make(Reconcile)
    let differences = 0
    for await (const { subject, finding } of reconcile.run(this.days)) {
      differences++
      this.logger.warning(`${subject}: ${finding}`)
    }
    if (differences === 0) this.logger.success('Invoices, providers and ledger agree')
    else this.exitCode = 1
  }
}
