import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { ProvidersStatusQuery } from '#payments/queries/providers_status_query'
import { RatesQuery } from '#payments/queries/rates_query'
import { providerState } from '#admin/payments/page/provider_state'
import { rateHistory } from '#admin/payments/page/rate_history'

/** How each way of paying fares, and the exchange rates in use. */
@inject()
export default class ProvidersController {
  constructor(
    private status: ProvidersStatusQuery,
    private rates: RatesQuery
  ) {}

  async index({ bouncer, view }: HttpContext) {
    await bouncer.authorize('permission', 'payments.view')
    const providers = await this.status.run()
    return view.render('admin/payments/providers/index', {
      providers: providers.map((status) => ({ ...status, shown: providerState(status) })),
      rates: await this.rates.run(),
      history: await rateHistory(),
    })
  }
}
