import limiter from '@adonisjs/limiter/services/main'
import { errors } from '@adonisjs/limiter'

export const REQUESTS_A_MINUTE = 100

export interface Rate {
  isExceeded: boolean
  remaining: number
  /** Seconds until the count begins anew. */
  seconds: number
}

/** Counts a request of a key before it is looked into. */
export async function countRequest(apiKeyId: number): Promise<Rate> {
  const minute = limiter.use({ requests: REQUESTS_A_MINUTE, duration: '1 min' })
  try {
    const { remaining, availableIn } = await minute.consume(`api-key:${apiKeyId}`)
    return { isExceeded: false, remaining, seconds: Math.ceil(availableIn) }
  } catch (error) {
    if (!(error instanceof errors.E_TOO_MANY_REQUESTS)) throw error
    return { isExceeded: true, remaining: 0, seconds: Math.max(1, Math.ceil(error.response.availableIn)) }
  }
}
