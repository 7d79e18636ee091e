import { Params } from '#sandbox/api/params'
import { ApiError } from '#sandbox/errors'
import { parseBody } from '#sandbox/http/body'
import type { ServiceAnswer, ServiceApi, ServiceCall } from '#sandbox/services/service'
import type { TonChain } from '#sandbox/ton/chain'
import { TON_METHODS } from '#sandbox/ton/methods'
import { TonError } from '#sandbox/ton/ton_error'

const JSON_RPC = '/api/v2/jsonRPC'

/** `/ton/api/v2/jsonRPC` as toncenter v2 speaks it, and `/ton/api/v2/<method>` for the same by GET or POST. */
export class TonApi implements ServiceApi {
  constructor(readonly chain: TonChain) {}

  methodOf({ path, body }: ServiceCall): string {
    if (path !== JSON_RPC) return path.replace(/^\/api\/v2\//, '')
    return /"method"\s*:\s*"(\w+)"/.exec(body.toString())?.[1] ?? ''
  }

  async answer(call: ServiceCall): Promise<ServiceAnswer> {
    try {
      const { values } = await parseBody(call.body, 'application/json')
      const isRpc = call.path === JSON_RPC
      const fields = isRpc ? values.params : { ...Object.fromEntries(call.query), ...values }
      const result = await this.#run(isRpc ? String(values.method) : this.methodOf(call), fields)
      return { status: 200, body: { ok: true, result, ...(isRpc && { jsonrpc: '2.0', id: values.id }) } }
    } catch (error) {
      if (error instanceof TonError) return this.failure(error.code, error.message)
      if (error instanceof ApiError) return this.failure(422, error.description)
      throw error
    }
  }

  failure(status: number, description: string): ServiceAnswer {
    return { status, body: { ok: false, error: description, code: status } }
  }

  #run(name: string, fields: unknown): unknown {
    const method = Object.hasOwn(TON_METHODS, name) && TON_METHODS[name]
    if (!method) throw new TonError(`Unknown method ${name}`, 404)
    return method({ chain: this.chain, params: new Params((fields ?? {}) as Record<string, unknown>) })
  }
}
