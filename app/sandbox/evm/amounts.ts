import { ControlError } from '#sandbox/errors'
import { formatDecimal, parseDecimal } from '#sandbox/services/decimal'

/** That anvil mines or replaces at once in a moment. */
export const MOST_BLOCKS = 1000

const MINOR_PER_DECIMAL = 10n ** 12n

/** Minor units of "12.5" USDT; nothing of an empty text. @throws ControlError for no amount, or a finer one than USDT has */
export function usdtUnits(text: string): bigint {
  const value = amountOf(text)
  if (value % MINOR_PER_DECIMAL !== 0n) throw new ControlError(422, 'USDT has six decimal places.')
  return value / MINOR_PER_DECIMAL
}

/** Wei of "0.1" ether, or units of LINK, which has as many places. */
export function weiUnits(text: string): bigint {
  return amountOf(text)
}

/** @throws ControlError for what is no whole number from 0 to `most` */
export function whole(text: string, most: number): number {
  const number = Number(text || '-')
  if (!Number.isInteger(number) || number < 0 || number > most) {
    throw new ControlError(422, `"${text}" is no whole number up to ${most}.`)
  }
  return number
}

export function usdtText(units: bigint): string {
  return formatDecimal(units * MINOR_PER_DECIMAL, { min: 2 })
}

export function etherText(wei: bigint): string {
  return formatDecimal(wei, { max: 6 })
}

function amountOf(text: string): bigint {
  const value = parseDecimal(text || '0')
  if (value === undefined) throw new ControlError(422, `"${text}" is no amount.`)
  return value
}
