import type { LimitSettings } from '#sandbox/limits'

export interface SandboxOptions {
  /** 0 takes any free port */
  port: number
  /** a loopback address */
  host: string
  token: string
  botUsername: string
  botName: string
  /** messages kept in memory over all chats, oldest forgotten first */
  keepMessages: number
  /** requests kept in the journal */
  journalSize: number
  /** Telegram's flood limits: off, on, or with numbers of one's own */
  limits: boolean | Partial<LimitSettings>
  /** how long an answer to a pressed button is taken */
  callbackTimeoutMs: number
  /** how long a bot may think about a pre-checkout query */
  checkoutTimeoutMs: number
  /** first pause before an undelivered webhook is tried again; doubles up to 64 times this */
  webhookRetryMs: number
  /** how long a webhook may take to answer */
  webhookTimeoutMs: number
  /** first pause before an undelivered webhook of a payment provider is tried again; doubles up to 64 times this */
  providerRetryMs: number
  /** how long a webhook that is to come out of order waits for the next one */
  providerHoldMs: number
  /** how long a transaction on a blockchain waits for its confirmations; 0 confirms at once */
  confirmMs: number
  /** nanoton that a TON account holds when it is seen for the first time */
  tonGift: bigint
  /** an Ethereum chain: none, one of its own, or the address of a node that somebody else runs, to put faults before */
  evm: boolean | string
  /** milliseconds between its blocks; 0 mines only when asked to */
  evmBlockMs: number
  /** milliseconds that its oracle of randomness takes */
  evmVrfMs: number
  /** where the product's web process listens */
  productUrl: string
  /** Telegram's pause for pollers that fight each other */
  conflictDelayMs: number
  /** begins the repeatable sequence of chance for faults */
  seed?: number
  /** create the sample customers and the sample groups */
  samples: boolean
  firstUpdateId: number
  firstMessageId: number
  /** invoices of Crypto Pay count from here: the product remembers those of an earlier sandbox */
  firstInvoiceId: number
  /** folder where chats survive a restart; nothing is written without it */
  dataDir?: string
}

export const DEFAULT_TOKEN = '7000000001:AAEsandbox-token-for-local-use-only'

/**
 * Ids go on rising when the sandbox starts anew with nothing in memory: the product remembers update ids and message
 * ids, and must not meet an old one with a new meaning. Four a second since 2024 stay within 31 bits until 2040.
 */
export function risingId(now: number): number {
  return Math.floor((now - Date.UTC(2024, 0, 1)) / 250)
}

export function risingIds(): Pick<SandboxOptions, 'firstUpdateId' | 'firstInvoiceId'> {
  const first = risingId(Date.now())
  return { firstUpdateId: first, firstInvoiceId: first }
}

export const DEFAULTS: SandboxOptions = {
  port: 0,
  host: '127.0.0.1',
  token: DEFAULT_TOKEN,
  botUsername: 'kontora_sandbox_bot',
  botName: 'Kontora',
  keepMessages: 100_000,
  journalSize: 200_000,
  limits: false,
  callbackTimeoutMs: 15_000,
  checkoutTimeoutMs: 10_000,
  webhookRetryMs: 1000,
  webhookTimeoutMs: 60_000,
  providerRetryMs: 1000,
  providerHoldMs: 5000,
  confirmMs: 0,
  tonGift: 1_000_000_000_000n,
  evm: false,
  evmBlockMs: 1000,
  evmVrfMs: 3000,
  productUrl: 'http://127.0.0.1:3333',
  conflictDelayMs: 3000,
  samples: false,
  firstUpdateId: 1,
  firstMessageId: 1,
  firstInvoiceId: 1,
}
