import { toastError } from './alerts.js'

async function call(verb, path, body, signal) {
  const isForm = body instanceof FormData
  const response = await fetch(`/sandbox${path}`, {
    method: verb,
    signal,
    headers: body && !isForm ? { 'Content-Type': 'application/json' } : {},
    body: isForm ? body : body && JSON.stringify(body),
  })
  const answer = await response.json().catch(() => ({}))
  if (!response.ok) throw new Error(answer.error ?? `The sandbox answered ${response.status}.`)
  return answer
}

export const api = {
  get: (path, signal) => call('GET', path, undefined, signal),
  post: (path, body = {}) => call('POST', path, body),
  put: (path, body) => call('PUT', path, body),
  patch: (path, body) => call('PATCH', path, body),
  delete: (path) => call('DELETE', path),
}

/** Runs something that talks to the sandbox and shows what went wrong, if anything did. */
export async function attempt(act) {
  try {
    return await act()
  } catch (error) {
    toastError(error instanceof TypeError ? 'The sandbox does not answer. Is it still running?' : error.message)
    return undefined
  }
}
