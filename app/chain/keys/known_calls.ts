import { addressKey } from '#chain/addresses'
import type { ChainConfig } from '#chain/chain_config'
import { CLAIM_PRIZE, ENTER, PERFORM_UPKEEP } from '#chain/contracts/raffle'
import { APPROVE, TRANSFER } from '#chain/contracts/usdt'
import type { UnsignedTx } from '#chain/keys/signer'
import type ChainWallet from '#chain/models/chain_wallet'

const NOTHING = '0x'

/**
 * Keys sign what the product does and nothing else, whoever asks: a customer's enters the raffle, lets it take USDT, sends
 * USDT, or does nothing with a nonce; the treasury's sends ether, or asks the raffle for a draw or to pay a prize.
 *
 * @throws for any other call.
 */
export function mustBeKnown(wallet: ChainWallet, tx: UnsignedTx, contracts: Pick<ChainConfig, 'usdt' | 'raffle'>) {
  const isKnown = wallet.owner === 'treasury' ? isOfTreasury(tx, contracts) : isOfCustomer(wallet, tx, contracts)
  if (!isKnown)
    throw new Error(`The key of ${wallet.address} does not sign such a call: ${tx.to} ${tx.data.slice(0, 10)}`)
}

function isOfTreasury({ to, data, value }: UnsignedTx, { raffle }: Pick<ChainConfig, 'raffle'>) {
  if (data === NOTHING) return true
  return isSame(to, raffle) && value === 0n && [PERFORM_UPKEEP, CLAIM_PRIZE].some((call) => data.startsWith(call))
}

function isOfCustomer(
  { address }: ChainWallet,
  { to, data, value }: UnsignedTx,
  { usdt, raffle }: Pick<ChainConfig, 'usdt' | 'raffle'>
) {
  if (value !== 0n) return false
  if (data === NOTHING) return isSame(to, address)
  if (isSame(to, raffle)) return data.startsWith(ENTER)
  if (!isSame(to, usdt)) return false
  return data.startsWith(TRANSFER) || (data.startsWith(APPROVE) && isSame(`0x${data.slice(34, 74)}`, raffle))
}

const isSame = (a: string, b: string) => addressKey(a) === addressKey(b)
