import { isLanguage, type Language } from '#customers/languages'
import { VARIANTS, type Variant } from '#broadcasts/values'

/** What the pressed button of the form asks for. Only the first three leave the page. */
export type Intent =
  | { kind: 'save' | 'review' | 'test' | 'refresh' | 'another_customer' | 'add_condition' }
  | { kind: 'remove_condition'; index: number }
  | { kind: 'add_button'; locale: Language; variant: Variant; row: number | null }
  | { kind: 'remove_button'; locale: Language; variant: Variant; index: number }
  | { kind: 'remove_image' | 'share_image'; locale: Language; variant: Variant }

const PLAIN = ['save', 'review', 'test', 'refresh', 'another_customer', 'add_condition'] as const

/** `add_button:en:A:2`; anything unknown only shows the form again, so that nothing happens by mistake. */
export function parseIntent(raw: unknown): Intent {
  const [kind, first = '', second, third] = typeof raw === 'string' ? raw.split(':') : ['save']
  const plain = PLAIN.find((known) => known === kind)
  if (plain) return { kind: plain }
  if (kind === 'remove_condition' && isIndex(first)) return { kind, index: Number(first) }

  const variant = VARIANTS.find((known) => known === second)
  if (!isLanguage(first) || !variant) return { kind: 'refresh' }
  const place = { locale: first, variant }
  if (kind === 'remove_image' || kind === 'share_image') return { kind, ...place }
  if (kind === 'add_button') return { kind, ...place, row: isIndex(third) ? Number(third) : null }
  if (kind === 'remove_button' && isIndex(third)) return { kind, ...place, index: Number(third) }
  return { kind: 'refresh' }
}

const isIndex = (text: string | undefined) => /^\d{1,4}$/.test(text ?? '')
