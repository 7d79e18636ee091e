/** `2.5` as 250 hundredths of a per cent; undefined for what is no per cent with two decimals at most. */
export function readPercent(text: string): number | undefined {
  const match = /^(\d{1,3})(?:[.,](\d{1,2}))?\s*%?$/.exec(text.trim())
  if (!match) return undefined
  const [, whole, fraction = ''] = match
  return Number(whole) * 100 + Number(fraction.padEnd(2, '0'))
}

/** `2.5` of 250. */
export function percentText(points: number): string {
  const fraction = String(points % 100)
    .padStart(2, '0')
    .replace(/0+$/, '')
  return `${Math.trunc(points / 100)}${fraction && `.${fraction}`}`
}
