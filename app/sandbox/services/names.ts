/** Whom the sandbox stands in for. Faults say by these names who misbehaves. */
export const SERVICES = ['telegram', 'crypto_pay', 'heleket', 'fragment', 'ton', 'evm', 'evm_backup'] as const
export type ServiceName = (typeof SERVICES)[number]

/** Two ways to the same chain, as of two providers of nodes. */
export type EvmNode = Extract<ServiceName, 'evm' | 'evm_backup'>

export const SERVICE_TITLES: Readonly<Record<ServiceName, string>> = {
  telegram: 'Telegram',
  crypto_pay: 'Crypto Pay',
  heleket: 'Heleket',
  fragment: 'Fragment',
  ton: 'TON',
  evm: 'Ethereum, first node',
  evm_backup: 'Ethereum, second node',
}
