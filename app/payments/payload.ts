import type { KeyWrapper } from '#core/contracts/key_wrapper'

const PURPOSE = 'payments.payload'

/** The provider's own words, encrypted at rest: they name people and addresses. */
export const wrapPayload = (keys: KeyWrapper, raw: unknown) => keys.wrap(JSON.stringify(raw), PURPOSE)

export const unwrapPayload = (keys: KeyWrapper, payload: string): unknown => JSON.parse(keys.unwrap(payload, PURPOSE))
