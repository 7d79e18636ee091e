/** Reasons of `needs_attention` that pass without anybody touching the operation: it goes on by itself then. */
export const WAITING = ['treasury_empty', 'gas_budget', 'gas_price', 'withdrawals_off'] as const
export type Waiting = (typeof WAITING)[number]

export const isWaiting = (reason: string | null): reason is Waiting => WAITING.includes(reason as Waiting)
