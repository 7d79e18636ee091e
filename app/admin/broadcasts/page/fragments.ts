import { LANGUAGES } from '#customers/languages'
import { VARIANTS } from '#broadcasts/values'

const PER_VARIANT = LANGUAGES.flatMap((locale) =>
  VARIANTS.flatMap((name) => ['image', 'buttons'].map((part) => `${part}-${locale}-${name}`))
)
const KNOWN = ['preview', 'audience', 'schedule-button', 'counts', ...PER_VARIANT]

/** Parts of the page that the script asks for; null when the whole page is wanted. */
export function fragmentsOf(header: string | undefined): string[] | null {
  if (!header) return null
  return header.split(' ').filter((name) => KNOWN.includes(name))
}
