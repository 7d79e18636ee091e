export const WITHDRAWAL_APPROVAL = 'chain.withdrawal'

/** So long an admin has to decide. */
export const WITHDRAWAL_APPROVAL_LIFE_MS = 7 * 86_400_000
