import type { KeyWrapper } from '#core/contracts/key_wrapper'

const PURPOSE = 'payments.webhook_body'

/** Bodies are kept byte by byte, encrypted: Latin-1 turns each byte into one character. */
export const wrapBody = (keys: KeyWrapper, body: Buffer) => keys.wrap(body.toString('latin1'), PURPOSE)

export const unwrapBody = (keys: KeyWrapper, stored: string) => Buffer.from(keys.unwrap(stored, PURPOSE), 'latin1')
