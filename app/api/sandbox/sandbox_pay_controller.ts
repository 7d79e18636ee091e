import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { formatMoney } from '#core/money/format_money'
import { PayInSandbox, SANDBOX_SUMS, type SandboxSum } from '#payments/actions/pay_in_sandbox'
import Invoice from '#payments/models/invoice'
import { PaymentProviders } from '#payments/providers/payment_providers'

/** The pay page of the sandbox provider; where that is not configured there is none. */
@inject()
export default class SandboxPayController {
  constructor(
    private pay: PayInSandbox,
    private providers: PaymentProviders
  ) {}

  async show({ params, response, view }: HttpContext) {
    const invoice = this.providers.find('sandbox') && (await this.#find(params.reference))
    if (!invoice) return response.notFound('There is no such invoice')
    const sums = Object.entries(SANDBOX_SUMS).map(([name, share]) => ({
      name,
      amount: formatMoney(invoice.charge.times(share, 100n, 'down')),
    }))
    return view.render('sandbox/pay', { invoice, sums, amount: formatMoney(invoice.charge) })
  }

  async store({ params, response }: HttpContext) {
    const result = await this.pay.handle({ reference: params.reference, sum: params.sum as SandboxSum })
    if (!result.ok) return response.notFound('There is no such invoice')
    return response.redirect().toPath(`/sandbox/pay/${result.value.reference}`)
  }

  #find(reference: string) {
    return Invoice.findBy({ provider: 'sandbox', reference })
  }
}
