/** Fragment said no, in its own words. */
export class FragmentRefusal extends Error {}

/** No answer, or none we can read. Nothing we ask of it moves money, so any call may be repeated. */
export class FragmentUnavailable extends Error {
  constructor(
    message: string,
    readonly retryAfterMs: number | null = null,
    options?: ErrorOptions
  ) {
    super(message, options)
  }
}

/** The cookies are taken no more. */
export class FragmentSessionExpired extends Error {}

const NOT_FOR_SALE = /invalid quantity|quantity is (too|not)/i
const NO_RECIPIENT = /no telegram users? found|username assigned to a user|user not found|not found/i

/** There is nobody of that name who could get Stars. */
export const meansNoRecipient = (error: unknown) => error instanceof FragmentRefusal && NO_RECIPIENT.test(error.message)

/** It does not sell that many, now or later. */
export const meansNotForSale = (error: unknown) => error instanceof FragmentRefusal && NOT_FOR_SALE.test(error.message)
