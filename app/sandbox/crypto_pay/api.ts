import { Params } from '#sandbox/api/params'
import type { CryptoPay } from '#sandbox/crypto_pay/crypto_pay'
import { CryptoPayError } from '#sandbox/crypto_pay/crypto_pay_error'
import { CRYPTO_PAY_METHODS } from '#sandbox/crypto_pay/methods'
import { ApiError } from '#sandbox/errors'
import { parseBody } from '#sandbox/http/body'
import type { ServiceAnswer, ServiceApi, ServiceCall } from '#sandbox/services/service'

/** `/crypto-pay/api/<method>`, by GET or POST, with the app's token in the header `Crypto-Pay-API-Token`. */
export class CryptoPayApi implements ServiceApi {
  constructor(readonly cryptoPay: CryptoPay) {}

  methodOf({ path }: ServiceCall): string {
    return path.replace(/^\/api\//, '')
  }

  async answer(call: ServiceCall): Promise<ServiceAnswer> {
    try {
      return { status: 200, body: { ok: true, result: await this.#result(call) } }
    } catch (error) {
      if (error instanceof CryptoPayError) return this.failure(error.code, error.errorName)
      if (error instanceof ApiError) return this.failure(error.code, 'BAD_REQUEST')
      throw error
    }
  }

  failure(status: number, description: string): ServiceAnswer {
    const name = description.replace(/\W+/g, '_').toUpperCase()
    return { status, body: { ok: false, error: { code: status, name } } }
  }

  async #result(call: ServiceCall): Promise<unknown> {
    const app = this.cryptoPay.appByToken(String(call.headers['crypto-pay-api-token'] ?? ''))
    const method = Object.hasOwn(CRYPTO_PAY_METHODS, this.methodOf(call)) && CRYPTO_PAY_METHODS[this.methodOf(call)]
    if (!method) throw new CryptoPayError('METHOD_NOT_FOUND', 405)
    const body = await parseBody(call.body, call.headers['content-type'] ?? '')
    const params = new Params({ ...Object.fromEntries(call.query), ...body.values })
    return method({ cryptoPay: this.cryptoPay, app, params })
  }
}
