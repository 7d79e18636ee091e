import { ProviderRefusal, ProviderUnreachable } from '#payments/providers/provider_errors'

const TIMEOUT_MS = 10_000
const MAX_ANSWER_BYTES = 4 * 1024 * 1024

export interface JsonAnswer {
  status: number
  body: any
}

/** POSTs a body as it stands and reads the answer as JSON; one request, never repeated. Statuses are the caller's matter. */
export async function postJson(
  provider: string,
  url: string,
  body: string,
  headers: Record<string, string>
): Promise<JsonAnswer> {
  const { status, text } = await exchange(provider, url, body, headers)
  if (status === 429 || status >= 500) throw new ProviderRefusal(provider, `HTTP ${status}`, true)
  try {
    return { status, body: JSON.parse(text) }
  } catch {
    throw new ProviderUnreachable(provider, `HTTP ${status} with something that is no JSON`)
  }
}

async function exchange(provider: string, url: string, body: string, headers: Record<string, string>) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    return { status: response.status, text: await readText(response) }
  } catch (error) {
    throw new ProviderUnreachable(provider, reasonOf(error as FetchFailure))
  }
}

async function readText(response: Response) {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.length
    if (size > MAX_ANSWER_BYTES) throw new Error('the answer is too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

type FetchFailure = { name: string; message: string; cause?: { code?: string } }

function reasonOf(error: FetchFailure) {
  return error.name === 'TimeoutError'
    ? `no answer within ${TIMEOUT_MS / 1000} s`
    : (error.cause?.code ?? error.message)
}
