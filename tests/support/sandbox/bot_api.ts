import { SandboxServer } from '#sandbox/server'
import type { SandboxOptions } from '#sandbox/options'

export interface ApiAnswer {
  status: number
  headers: Headers
  body: {
    ok: boolean
    result?: any
    error_code?: number
    description?: string
    parameters?: { retry_after?: number }
  }
}

/** Speaks plain HTTP to a sandbox, as a bot would, without a client library that might hide something. */
export class BotApi {
  constructor(
    readonly url: string,
    readonly token: string
  ) {}

  /** Parameters as JSON, or whatever body and headers `init` says. */
  async call(method: string, params: Record<string, unknown> = {}, init: RequestInit = {}): Promise<ApiAnswer> {
    const response = await fetch(`${this.url}/bot${this.token}/${method}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(params),
      ...init,
    })
    return { status: response.status, headers: response.headers, body: (await response.json()) as ApiAnswer['body'] }
  }

  /** The result of a call that must succeed. */
  async ok(method: string, params: Record<string, unknown> = {}) {
    const { body } = await this.call(method, params)
    if (!body.ok) throw new Error(`${method}: ${body.description}`)
    return body.result
  }

  /** The description of a call that must be refused. */
  async refusal(method: string, params: Record<string, unknown> = {}): Promise<string> {
    const { body } = await this.call(method, params)
    if (body.ok) throw new Error(`${method} was not refused`)
    return body.description ?? ''
  }

  async status(method: string, params: Record<string, unknown> = {}): Promise<number> {
    const { status } = await this.call(method, params)
    return status
  }

  upload(method: string, fields: Record<string, string | Blob>): Promise<ApiAnswer> {
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.append(name, value)
    return this.call(method, {}, { body: form, headers: {} })
  }
}

export interface RunningSandbox {
  sandbox: SandboxServer
  api: BotApi
}

/** A sandbox on a free port, to be stopped by the test that started it. */
export async function startSandbox(options: Partial<SandboxOptions> = {}): Promise<RunningSandbox> {
  const sandbox = await SandboxServer.start(options)
  return { sandbox, api: new BotApi(sandbox.url, sandbox.token) }
}
