/** What a node answers with instead of a result. */
export class RpcError extends Error {
  constructor(
    readonly code: number,
    message: string,
    readonly data?: unknown
  ) {
    super(message)
  }
}

/** A node's JSON-RPC, one call at a time. */
export class Rpc {
  #lastId = 0

  constructor(readonly url: string) {}

  async call<T = unknown>(method: string, params: readonly unknown[] = []): Promise<T> {
    const response = await fetch(this.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: ++this.#lastId, method, params }),
    })
    const { result, error } = (await response.json()) as {
      result: T
      error?: { code: number; message: string; data?: unknown }
    }
    if (error) throw new RpcError(error.code, error.message, error.data)
    return result
  }
}
