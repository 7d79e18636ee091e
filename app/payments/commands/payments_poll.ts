import { BaseCommand } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

export default class PaymentsPoll extends BaseCommand {
  static commandName = 'payments:poll'
  static description = 'Ask the providers about every invoice that may still be paid, now'
  static options: CommandOptions = { startApp: true }

  async run() {
    const { default: Invoice } = await import('#payments/models/invoice')
    const { AskProvider } = await import('#payments/actions/ask_provider')
    const ask = await this.app.container.make(AskProvider)
    const waiting = await Invoice.query().whereNotNull('next_poll_at').orderBy('id')
    let failures = 0
    for (const { id, reference, provider } of waiting) {
      try {
        this.logger.log(`${reference} ${provider}: ${await ask.handle(id)}`)
      } catch (error) {
        failures++
        this.logger.error(`${reference} ${provider}: ${(error as Error).message}`)
      }
    }
    this.logger.info(`${waiting.length} asked, ${failures} without an answer`)
    this.exitCode = failures === 0 ? 0 : 1
  }
}
