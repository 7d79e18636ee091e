import type { Page } from 'playwright'

export interface Look {
  theme: 'light' | 'dark'
  width: number
  /** Its width and its theme are each checked whole in another look; of the two together only colours are new. */
  onlyColours?: true
}

const WIDTHS = { desktop: 1280, phone: 380 } as const
const HEIGHT = 900

/** Both themes at both widths. Admins of the tests keep the theme "auto", which follows the emulated one. */
export const LOOKS: readonly Look[] = [
  { theme: 'light', width: WIDTHS.desktop },
  { theme: 'dark', width: WIDTHS.desktop, onlyColours: true },
  { theme: 'light', width: WIDTHS.phone, onlyColours: true },
  { theme: 'dark', width: WIDTHS.phone },
]

export async function useLook(page: Page, { theme, width }: Look) {
  await page.setViewportSize({ width, height: HEIGHT })
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
}

/** Runs something in every look and leaves the page as it was. */
export async function inEveryLook(page: Page, work: (look: Look) => Promise<void>) {
  const size = page.viewportSize()
  for (const look of LOOKS) {
    await useLook(page, look)
    await work(look)
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null })
  if (size) await page.setViewportSize(size)
}
