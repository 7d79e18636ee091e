import { Params } from '#sandbox/api/params'
import { ApiError } from '#sandbox/errors'
import type { Heleket } from '#sandbox/heleket/heleket'
import { HeleketError } from '#sandbox/heleket/heleket_error'
import { HELEKET_MERCHANT, HELEKET_PAYMENT_KEY, HELEKET_PAYOUT_KEY } from '#sandbox/heleket/keys'
import { exchangeRates, HELEKET_METHODS } from '#sandbox/heleket/methods'
import { isSignedBy } from '#sandbox/heleket/signature'
import { parseBody } from '#sandbox/http/body'
import type { ServiceAnswer, ServiceApi, ServiceCall } from '#sandbox/services/service'

const KEYS = { payment: HELEKET_PAYMENT_KEY, payout: HELEKET_PAYOUT_KEY }
const RATES = /^\/v1\/exchange-rate\/([A-Za-z]+)\/list$/

/** `/heleket/v1/...`: POST with JSON, the headers `merchant` and `sign`; rates are open to anybody. */
export class HeleketApi implements ServiceApi {
  constructor(readonly heleket: Heleket) {}

  methodOf({ path }: ServiceCall): string {
    return path.replace(/^\/v1\//, '')
  }

  async answer(call: ServiceCall): Promise<ServiceAnswer> {
    try {
      return { status: 200, body: { state: 0, result: await this.#result(call) } }
    } catch (error) {
      if (error instanceof ApiError) return this.failure(error.code, error.description)
      if (!(error instanceof HeleketError)) throw error
      const { status, errors, message } = error
      return { status, body: { state: 1, ...(errors ? { errors } : { message }) } }
    }
  }

  failure(status: number, description: string): ServiceAnswer {
    return { status, body: { message: `Server error: ${description}`, code: status, error: null } }
  }

  async #result(call: ServiceCall): Promise<unknown> {
    const rates = RATES.exec(call.path)
    if (rates && call.verb === 'GET') return exchangeRates(this.heleket, rates[1].toUpperCase())
    const method = Object.hasOwn(HELEKET_METHODS, call.path) && HELEKET_METHODS[call.path]
    if (!method) throw new HeleketError('Not found', 404)
    if (call.verb !== 'POST') throw new HeleketError(`The ${call.verb} method is not supported for this route.`, 405)
    if (call.headers.merchant !== HELEKET_MERCHANT) throw new HeleketError('Merchant was not found', 401)
    if (!isSignedBy(call.body, KEYS[method.key], String(call.headers.sign ?? ''))) {
      throw new HeleketError('Invalid Sign', 401)
    }
    const { values } = await parseBody(call.body, 'application/json')
    return method.run({ heleket: this.heleket, params: new Params({ ...Object.fromEntries(call.query), ...values }) })
  }
}
