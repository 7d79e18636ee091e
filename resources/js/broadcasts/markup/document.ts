/**
 * The editor's document as plain data: what ProseMirror calls JSON, restricted to what a Telegram message can hold.
 * A paragraph is one line; Telegram knows no other structure than lines, quotes and code blocks.
 */
export interface TelegramDocument {
  type: 'doc'
  content: BlockNode[]
}

export type BlockNode = LineNode | BlockquoteNode | CodeBlockNode

export interface LineNode {
  type: 'paragraph'
  content?: InlineNode[]
}

export interface BlockquoteNode {
  type: 'blockquote'
  attrs: { expandable: boolean }
  content: Array<LineNode | CodeBlockNode>
}

export interface CodeBlockNode {
  type: 'codeBlock'
  attrs: { language: string | null }
  content?: TextNode[]
}

export type InlineNode = TextNode | HardBreakNode | PlaceholderNode | CustomEmojiNode

export interface TextNode {
  type: 'text'
  text: string
  marks?: Mark[]
}

export interface HardBreakNode {
  type: 'hardBreak'
  marks?: Mark[]
}

/** `{first_name|friend}`: filled with each customer's own value when the message is sent, or with the fallback. */
export interface PlaceholderNode {
  type: 'placeholder'
  attrs: { name: string; fallback?: string | null }
  marks?: Mark[]
}

/** `text` is the ordinary emoji that clients without custom ones show. */
export interface CustomEmojiNode {
  type: 'customEmoji'
  attrs: { id: string; text: string }
  marks?: Mark[]
}

export interface Mark {
  type: MarkName
  attrs?: { href: string }
}

/** Outermost first: the order in which the serializer opens tags. */
export const MARKS = ['link', 'bold', 'italic', 'underline', 'strike', 'spoiler', 'code'] as const
export type MarkName = (typeof MARKS)[number]

export const EMPTY_DOCUMENT: TelegramDocument = { type: 'doc', content: [{ type: 'paragraph' }] }
