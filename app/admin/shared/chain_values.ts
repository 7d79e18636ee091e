import app from '@adonisjs/core/services/app'
import { Chain } from '#chain/chain_config'
import { THIN_SPACE } from '#admin/shared/format'

/** Decimals of the chain's own coin. */
const ETHER = 18
const GWEI = 9
/** Below that a balance or a fee says nothing to people. */
const SHOWN_DECIMALS = 6

/** `0x71c7…9a3f`: enough to tell two apart. The whole value belongs beside it, in a title or under a copy button. */
export function shortened(value: string, head = 4): string {
  return `${value.slice(0, 2 + head)}…${value.slice(-4)}`
}

/** Wei as coins: `0.012 345`, never rounded up. */
export const formatEther = (wei: bigint | string) => decimal(BigInt(wei), ETHER, SHOWN_DECIMALS)

/** Wei as the price of gas is told: `1.5` gwei. */
export const formatGwei = (wei: bigint | string) => decimal(BigInt(wei), GWEI, 3)

function decimal(wei: bigint, decimals: number, shown: number): string {
  const digits = (wei < 0n ? -wei : wei).toString().padStart(decimals + 1, '0')
  const whole = digits.slice(0, -decimals).replace(/\B(?=(\d{3})+$)/g, THIN_SPACE)
  const fraction = digits.slice(-decimals).slice(0, shown).replace(/0+$/, '')
  const isTiny = wei !== 0n && whole === '0' && fraction === ''
  if (isTiny) return `<0.${'0'.repeat(shown - 1)}1`
  return (wei < 0n ? '-' : '') + whole + (fraction && `.${fraction}`)
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
