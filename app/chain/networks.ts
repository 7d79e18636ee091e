const NETWORKS: Record<number, string> = {
  1: 'Ethereum',
  10: 'Optimism',
  56: 'BNB Smart Chain',
  137: 'Polygon',
  8453: 'Base',
  42_161: 'Arbitrum One',
  31_337: 'Kontora test network',
  11_155_111: 'Sepolia',
}

/** What people call the network: nobody knows it by its number. */
export const networkName = (chainId: number) => NETWORKS[chainId] ?? `EVM network ${chainId}`
