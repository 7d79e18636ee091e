import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { ok, refuse, type Result } from '#core/result'
import { PaymentProviders } from '#payments/providers/payment_providers'
import { PROVIDER_NAMES, type ProviderName } from '#payments/values'

/**
 * Closes the breaker of one provider, or of all of them: here at once, in the other processes within seconds. Refuses
 * `provider_off` for one that is not configured.
 */
@inject()
export class ResetBreaker {
  constructor(
    private clock: Clock,
    private providers: PaymentProviders,
    private audit: Audit
  ) {}

  async handle({ provider, actor }: { provider: ProviderName | null; actor: Actor }): Promise<Result<ProviderName[]>> {
    const names = this.providers.all().map(({ name }) => name)
    const chosen = provider ? names.filter((name) => name === provider) : names
    if (provider && chosen.length === 0) return refuse('provider_off', { provider })
    await transaction(async (trx) => {
      const rows = chosen.map((name) => ({ name, reset_at: this.clock.now() }))
      await trx.knexQuery().table('breaker_resets').insert(rows).onConflict('name').merge()
      const subject = { subjectType: 'breaker', subjectId: provider ?? 'all' }
      await this.audit.record(trx, { actor, action: 'breaker.reset', ...subject })
    })
    for (const name of chosen) this.providers.get(name).breaker.reset()
    return ok(chosen)
  }
}

export const isProviderName = (name: string): name is ProviderName => PROVIDER_NAMES.includes(name as ProviderName)
