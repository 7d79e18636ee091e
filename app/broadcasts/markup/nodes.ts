/** A text as a tree: what a Telegram message can hold, and nothing else. */
export type MarkupNode = string | MarkupElement

export const ELEMENT_KINDS = [
  'bold',
  'italic',
  'underline',
  'strike',
  'spoiler',
  'code',
  'pre',
  'link',
  'quote',
  'emoji',
] as const
export type ElementKind = (typeof ELEMENT_KINDS)[number]

export interface MarkupElement {
  kind: ElementKind
  children: MarkupNode[]
  /** Of a link. */
  href?: string
  /** Of a `pre`. */
  language?: string
  /** Of a quote. */
  expandable?: boolean
  /** Of a custom emoji. */
  emojiId?: string
}

export const isElement = (node: MarkupNode): node is MarkupElement => typeof node !== 'string'
