import env from '#start/env'

/** Where the chain is and what is followed there. */
export interface ChainConfig {
  chainId: number
  /** First choice first. May hold keys: never shown. */
  rpcUrls: readonly string[]
  usdt: string
  raffle: string
  /** A JSON file; null for the reference contract's. */
  raffleAbi: string | null
  /** Null: from the head, when it is read for the first time. */
  startBlock: number | null
  /** Blocks, its own included, after which an event stays. */
  confirmations: number
  pollMs: number
  explorerUrl: string | null
}

/** What is configured is not what is there: money would go astray. The start tells the operator its words alone. */
export class ChainMisconfigured extends Error {
  readonly code = 'E_CONFIGURATION'
}

/** Null while the chain is not configured: its module is off. */
export abstract class Chain {
  abstract readonly config: ChainConfig | null

  /** @throws when it is off: ask `config` first where that may be. */
  get required(): ChainConfig {
    if (!this.config) throw new Error('The chain is not configured: set CHAIN_RPC_URLS and what belongs to it')
    return this.config
  }
}

export class ChainOf extends Chain {
  constructor(readonly config: ChainConfig | null) {
    super()
  }
}

/** From the environment. All of the four that matter, or none: half of them is a mistake. */
export function chainFromEnvironment(): ChainConfig | null {
  const needed = {
    CHAIN_RPC_URLS: env.get('CHAIN_RPC_URLS'),
    CHAIN_ID: env.get('CHAIN_ID'),
    CHAIN_USDT_ADDRESS: env.get('CHAIN_USDT_ADDRESS'),
    CHAIN_RAFFLE_ADDRESS: env.get('CHAIN_RAFFLE_ADDRESS'),
  }
  const missing = Object.entries(needed).filter(([, value]) => value === undefined)
  if (missing.length === Object.keys(needed).length) return null
  if (missing.length > 0) {
    throw new ChainMisconfigured(
      `The chain is configured in part: ${missing.map(([name]) => name).join(', ')} must be set as well`
    )
  }
  return {
    chainId: needed.CHAIN_ID!,
    rpcUrls: needed.CHAIN_RPC_URLS!,
    usdt: needed.CHAIN_USDT_ADDRESS!,
    raffle: needed.CHAIN_RAFFLE_ADDRESS!,
    raffleAbi: env.get('CHAIN_RAFFLE_ABI') ?? null,
    startBlock: env.get('CHAIN_START_BLOCK') ?? null,
    confirmations: env.get('CHAIN_CONFIRMATIONS') ?? 12,
    pollMs: env.get('CHAIN_POLL_MS') ?? 500,
    explorerUrl: env.get('CHAIN_EXPLORER_URL') ?? null,
  }
}
