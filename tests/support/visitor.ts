import type { ApiClient, ApiRequest, ApiResponse } from '@japa/api-client'

const COOKIE = 'kontora-session'

/** A browser's worth of the panel: one session over several requests, forms with their token, no redirect followed. */
export class Visitor {
  #sessionId?: string

  constructor(private client: ApiClient) {}

  get(path: string) {
    return this.#send(this.client.get(path))
  }

  post(path: string, form: Record<string, unknown> = {}) {
    return this.#send(this.client.post(path).form(form).withCsrfToken())
  }

  get sessionId() {
    return this.#sessionId
  }

  async #send(request: ApiRequest): Promise<ApiResponse> {
    if (this.#sessionId) Object.assign(request.sessionClient, { sessionId: this.#sessionId })
    const response = await request.redirects(0)
    this.#sessionId = response.cookie(COOKIE)?.value ?? this.#sessionId
    return response
  }
}
