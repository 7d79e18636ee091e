/** Why money moved. Rooms add theirs here; each has a name in the panel's and the bot's texts. */
export const TRANSFER_KINDS = [
  'top_up',
  'purchase',
  'refund',
  'grant',
  'adjustment',
  'exchange',
  'hold',
  'hold_void',
  'withdrawal',
  'reversal',
  'settlement',
  'suspense',
  'delivery',
  'cost',
  'referral',
  'deposit',
  'raffle_entry',
  'raffle_prize',
] as const
export type TransferKind = (typeof TRANSFER_KINDS)[number]
