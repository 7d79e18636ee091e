/**
 * `signed`: kept, and perhaps sent; `confirmed`: stands in the blockchain with its payment; `rejected`: stands there
 * without it; `expired`: can't get there any more; `unknown`: nobody can tell.
 */
export const TRANSFER_STATUSES = ['signed', 'confirmed', 'rejected', 'expired', 'unknown'] as const
export type TransferStatus = (typeof TRANSFER_STATUSES)[number]

/** What a wallet may be for. */
export const WALLET_NAMES = ['fragment'] as const
export type WalletName = (typeof WALLET_NAMES)[number]
