import { createHash } from 'node:crypto'
import type { SandboxServer } from '#sandbox/server'

/** Speaks plain HTTP to the sandbox's Heleket, with no code of the product. */
export class HeleketClient {
  constructor(readonly sandbox: SandboxServer) {}

  async call(path: string, params: object = {}, { key, merchant, body }: CallOptions = {}) {
    const { services } = this.sandbox
    const text = body ?? JSON.stringify(params)
    const response = await fetch(`${services.HELEKET_API_ROOT}/v1/${path}`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        merchant: merchant ?? services.HELEKET_MERCHANT,
        sign: md5Sign(text, key ?? services.HELEKET_PAYMENT_KEY),
      },
      body: text,
    })
    return { status: response.status, body: (await response.json()) as any }
  }

  async ok(path: string, params: object = {}, options: CallOptions = {}): Promise<any> {
    const { body } = await this.call(path, params, options)
    if (body.state !== 0) throw new Error(`${path}: ${JSON.stringify(body)}`)
    return body.result
  }

  create(params: object = {}): Promise<any> {
    return this.ok('payment', { amount: '10.5', currency: 'TON', network: 'ton', order_id: 'order-1', ...params })
  }
}

interface CallOptions {
  key?: string
  merchant?: string
  /** sent as it is */
  body?: string
}

export function md5Sign(text: string, key: string): string {
  return createHash('md5')
    .update(Buffer.from(text).toString('base64') + key)
    .digest('hex')
}
