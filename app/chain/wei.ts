const WEI_IN_ETHER = 10n ** 18n
export const GWEI = 10n ** 9n

const ETHER = /^(\d{1,9})(?:\.(\d{1,18}))?$/

/** `0.05` of the chain's own coin as wei; null for anything else. */
export function parseEther(text: string): bigint | null {
  const parts = ETHER.exec(text.trim())
  return parts && BigInt(parts[1]) * WEI_IN_ETHER + BigInt((parts[2] ?? '').padEnd(18, '0'))
}

/** As short as it is exact: `0.05`. */
export function formatEther(wei: bigint): string {
  const [sign, size] = wei < 0n ? ['-', -wei] : ['', wei]
  const part = (size % WEI_IN_ETHER).toString().padStart(18, '0').replace(/0+$/, '')
  return `${sign}${size / WEI_IN_ETHER}${part && `.${part}`}`
}
