import type { SandboxServer } from '#sandbox/server'

/** Speaks plain HTTP to the sandbox's Crypto Pay, with no code of the product. */
export class CryptoPayClient {
  constructor(readonly sandbox: SandboxServer) {}

  async call(method: string, params: object = {}, { token = this.#token, signal }: CallOptions = {}) {
    const response = await fetch(`${this.sandbox.services.CRYPTO_PAY_API_ROOT}/api/${method}`, {
      method: 'POST',
      headers: { 'Crypto-Pay-API-Token': token, 'Content-Type': 'application/json' },
      body: JSON.stringify(params),
      signal,
    })
    return { status: response.status, body: (await response.json()) as any }
  }

  async ok(method: string, params: object = {}, options: CallOptions = {}): Promise<any> {
    const { body } = await this.call(method, params, options)
    if (!body.ok) throw new Error(`${method}: ${body.error.name}`)
    return body.result
  }

  async refusal(method: string, params: object = {}, options: CallOptions = {}): Promise<string> {
    const { body } = await this.call(method, params, options)
    if (body.ok) throw new Error(`${method} was not refused`)
    return body.error.name
  }

  get #token() {
    return this.sandbox.services.CRYPTO_PAY_TOKEN
  }
}

interface CallOptions {
  token?: string
  signal?: AbortSignal
}
