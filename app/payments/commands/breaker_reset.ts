import { args, BaseCommand } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

export default class BreakerReset extends BaseCommand {
  static commandName = 'breaker:reset'
  static description = 'Close the circuit breaker of a payment provider, or of all, in every process within seconds'
  static options: CommandOptions = { startApp: true }

  @args.string({ description: 'crypto_pay, heleket or telegram_stars; all of them when left out', required: false })
  declare provider?: string

  async run() {
    const { ResetBreaker, isProviderName } = await import('#payments/actions/reset_breaker')
    const { asOperator } = await import('#core/operator')
    const provider = this.provider ?? null
    if (provider !== null && !isProviderName(provider)) return this.#fail(`There is no provider "${provider}"`)
    const reset = await this.app.container.make(ResetBreaker)
    const result = await reset.handle({ provider, actor: asOperator() })
    if (!result.ok) return this.#fail(`${provider} is not configured here`)
    this.logger.success(`Closed: ${result.value.join(', ')}`)
  }

  #fail(message: string) {
    this.logger.error(message)
    this.exitCode = 1
  }
}
