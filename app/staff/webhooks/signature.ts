import { createHmac, randomBytes } from 'node:crypto'

const PREFIX = 'whsec_'
const SECRET_BYTES = 32

/** `whsec_` and the key in base64. */
export const newWebhookSecret = () => PREFIX + randomBytes(SECRET_BYTES).toString('base64')

export interface SignedContent {
  id: string
  /** Seconds since the Unix epoch. */
  timestamp: number
  body: string
}

/**
 * HMAC-SHA256 over `id.timestamp.body` under the decoded secret, as Standard Webhooks defines it, so that receivers check it
 * with a library they have (https://www.standardwebhooks.com).
 */
export function signatureOf({ id, timestamp, body }: SignedContent, secret: string): string {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64')
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
}
