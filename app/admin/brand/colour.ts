/** Red, green and blue from 0 to 255. */
export type Rgb = readonly [number, number, number]

export function parseHex(hex: string): Rgb {
  const value = Number.parseInt(hex.replace('#', ''), 16)
  return [value >> 16, (value >> 8) & 255, value & 255]
}

export const toHex = (colour: Rgb) =>
  `#${colour.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`

/** So much of the one in the other, 0 to 1. */
export const mix = (colour: Rgb, into: Rgb, share: number): Rgb =>
  rounded([0, 1, 2].map((part) => colour[part] * share + into[part] * (1 - share)))

/** Contrast of two colours, 1 to 21. Source: WCAG 2.2, "contrast ratio" and "relative luminance". */
export function contrast(one: Rgb, other: Rgb): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** The nearest shade towards `end` (black or white) that keeps the contrast against every background. */
export function readable(colour: Rgb, end: Rgb, backgrounds: readonly Rgb[], ratio: number): Rgb {
  for (let step = 0; step < 100; step++) {
    const shade = mix(end, colour, step / 100)
    if (backgrounds.every((background) => contrast(shade, background) >= ratio)) return shade
  }
  return end
}

const rounded = ([red, green, blue]: number[]): Rgb => [Math.round(red), Math.round(green), Math.round(blue)]
