import type { KeyWrapper } from '#core/contracts/key_wrapper'

const PURPOSE = 'payments.refund_address'

/** A customer's address, encrypted at rest. */
export const wrapAddress = (keys: KeyWrapper, address: string) => keys.wrap(address, PURPOSE)

export const unwrapAddress = (keys: KeyWrapper, stored: string) => keys.unwrap(stored, PURPOSE)
