import { CRYPTO_PAY_TOKEN } from '#sandbox/crypto_pay/crypto_pay'
import { HELEKET_MERCHANT, HELEKET_PAYMENT_KEY, HELEKET_PAYOUT_KEY } from '#sandbox/heleket/keys'

/** Variables with which the product talks to a sandbox at `origin` as to the real services. Nothing here is a secret. */
export function serviceEnvironment(origin: string): Record<string, string> {
  return {
    CRYPTO_PAY_API_ROOT: `${origin}/crypto-pay`,
    CRYPTO_PAY_TOKEN,
    HELEKET_API_ROOT: `${origin}/heleket`,
    HELEKET_MERCHANT,
    HELEKET_PAYMENT_KEY,
    HELEKET_PAYOUT_KEY,
    FRAGMENT_URL: `${origin}/fragment`,
    TON_API_URL: `${origin}/ton/api/v2/jsonRPC`,
  }
}
