import { CRYPTO_PAY_TOKEN } from '#sandbox/crypto_pay/crypto_pay'

/** Variables with which the product talks to a sandbox at `origin` as to the real services. Nothing here is a secret. */
export function serviceEnvironment(origin: string): Record<string, string> {
  return {
    CRYPTO_PAY_API_ROOT: `${origin}/crypto-pay/api`,
    CRYPTO_PAY_TOKEN,
  }
}
