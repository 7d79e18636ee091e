/** Whom the sandbox stands in for. Faults say by these names who misbehaves. */
export const SERVICES = ['telegram', 'crypto_pay', 'heleket', 'fragment', 'ton'] as const
export type ServiceName = (typeof SERVICES)[number]

export const SERVICE_TITLES: Readonly<Record<ServiceName, string>> = {
  telegram: 'Telegram',
  crypto_pay: 'Crypto Pay',
  heleket: 'Heleket',
  fragment: 'Fragment',
  ton: 'TON',
}
