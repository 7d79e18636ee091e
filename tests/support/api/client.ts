export interface Answer {
  status: number
  headers: Headers
  body: any
}

interface Call {
  token?: string
  /** JSON, or bytes as they are. */
  body?: unknown
  headers?: Record<string, string>
}

/** Speaks to the API as a program does. */
export async function callApi(method: string, path: string, { token, body, headers = {} }: Call = {}): Promise<Answer> {
  const response = await fetch(`http://${process.env.HOST}:${process.env.PORT}${path}`, {
    method,
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) }
}
