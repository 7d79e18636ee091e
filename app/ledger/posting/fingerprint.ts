import { createHash } from 'node:crypto'

/** Digest of what a transfer is about, so that a key used again for something else is found out. */
export function fingerprintOf(content: ReadonlyArray<string | number | null>): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url')
}
