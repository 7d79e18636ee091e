import { createHash, timingSafeEqual } from 'node:crypto'

/** `md5(base64(exact body bytes) + key)`, in requests and in webhooks. */
export function heleketSign(body: string | Buffer, key: string): string {
  const base64 = Buffer.from(body).toString('base64')
  return createHash('md5')
    .update(base64 + key)
    .digest('hex')
}

export function isSignedBy(body: Buffer, key: string, sign: string): boolean {
  const expected = heleketSign(body, key)
  return sign.length === expected.length && timingSafeEqual(Buffer.from(sign), Buffer.from(expected))
}
