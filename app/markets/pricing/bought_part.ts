/** What of a payout is paid as bought points: the stake's bought share of it, rounded down. Free points never become money. */
export const boughtPart = (payout: bigint, { stake, bought }: { stake: bigint; bought: bigint }) =>
  (payout * bought) / stake
