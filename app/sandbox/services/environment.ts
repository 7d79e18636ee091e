import { CRYPTO_PAY_TOKEN } from '#sandbox/crypto_pay/crypto_pay'
import { EVM_CHAIN_ID } from '#sandbox/evm/chain'
import { RAFFLE_ADDRESS, USDT_ADDRESS } from '#sandbox/evm/deployment'
import { HELEKET_MERCHANT, HELEKET_PAYMENT_KEY, HELEKET_PAYOUT_KEY } from '#sandbox/heleket/keys'

/**
 * Variables with which the product talks to a sandbox at `origin` as to the real services. Nothing here is a secret.
 * Without a chain in the sandbox its module stays off.
 */
export function serviceEnvironment(origin: string, hasChain: boolean): Record<string, string> {
  return {
    CRYPTO_PAY_API_ROOT: `${origin}/crypto-pay`,
    CRYPTO_PAY_TOKEN,
    HELEKET_API_ROOT: `${origin}/heleket`,
    HELEKET_MERCHANT,
    HELEKET_PAYMENT_KEY,
    HELEKET_PAYOUT_KEY,
    FRAGMENT_URL: `${origin}/fragment`,
    TON_API_URL: `${origin}/ton/api/v2/jsonRPC`,
    ...(hasChain && chainEnvironment(origin)),
  }
}

/** Few confirmations: whoever tries it waits for each of them. */
function chainEnvironment(origin: string): Record<string, string> {
  return {
    CHAIN_RPC_URLS: `${origin}/evm,${origin}/evm-backup`,
    CHAIN_ID: String(EVM_CHAIN_ID),
    CHAIN_USDT_ADDRESS: USDT_ADDRESS,
    CHAIN_RAFFLE_ADDRESS: RAFFLE_ADDRESS,
    CHAIN_START_BLOCK: '0',
    CHAIN_CONFIRMATIONS: '3',
    CHAIN_EXPLORER_URL: `${origin}/chain`,
  }
}
