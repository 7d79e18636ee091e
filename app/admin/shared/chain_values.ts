import app from '@adonisjs/core/services/app'
import { Chain } from '#chain/chain_config'
import { formatEther, GWEI } from '#chain/wei'
import { THIN_SPACE } from '#admin/shared/format'

/** Below that a balance or a fee says nothing to people. */
const SHOWN_DECIMALS = 6

/** `0x71c7…9a3f`: enough to tell two apart. The whole value belongs beside it, in a title or under a copy button. */
export function shortened(value: string, head = 4): string {
  return `${value.slice(0, 2 + head)}…${value.slice(-4)}`
}

/** Wei as coins for people: `1 234.012345`, cut rather than rounded. */
export const shownEther = (wei: bigint | string) => shownCoins(formatEther(BigInt(wei)))

/** The same of a decimal: `3.141592653589793238` of LINK as `3.141592`. */
export const shownCoins = (decimal: string) => shown(decimal, SHOWN_DECIMALS)

/** Wei as the price of gas is told: `1.5` gwei. */
export const shownGwei = (wei: bigint | string) => shown(formatEther(BigInt(wei) * GWEI), 3)

function shown(decimal: string, decimals: number): string {
  const [whole, fraction = ''] = decimal.split('.')
  const kept = fraction.slice(0, decimals).replace(/0+$/, '')
  if (fraction && !kept && /^-?0$/.test(whole)) return `<0.${'0'.repeat(decimals - 1)}1`
  return whole.replace(/\B(?=(\d{3})+$)/g, THIN_SPACE) + (kept && `.${kept}`)
}

/** Whether the chain is configured. */
export async function chainIsOn(): Promise<boolean> {
  const chain = await app.container.make(Chain)
  return chain.config !== null
}

/** Where the explorer shows it; null without an explorer. */
export async function explorerUrl(kind: 'address' | 'tx' | 'block', value: string | number): Promise<string | null> {
  const chain = await app.container.make(Chain)
  const base = chain.config?.explorerUrl
  return base ? `${base.replace(/\/+$/, '')}/${kind}/${value}` : null
}
