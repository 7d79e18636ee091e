import type { PlaceholderNode } from '../markup/document.js'
import { placeholderText } from '../markup/placeholder.js'
import { Fragment, Slice, type Node, type ResolvedPos } from '@tiptap/pm/model'

/** Every pasted line is a line, empty ones too. */
export function linesToSlice(text: string, context: ResolvedPos): Slice {
  const { schema } = context.doc.type
  const lines = text.replace(/\r\n?/g, '\n').split('\n')
  const marks = context.marks()
  const nodes = lines.map((line) => schema.nodes.paragraph.create(null, line ? schema.text(line, marks) : null))
  return new Slice(Fragment.from(nodes), 1, 1)
}

/** What the clipboard gets as plain text: one line break between lines, placeholders as they are written. */
export function selectedText({ content }: Slice): string {
  const lines: string[] = []
  content.forEach((node) => lines.push(textOf(node)))
  return lines.join('\n')
}

function textOf(node: Node): string {
  if (node.isTextblock) {
    let text = ''
    node.forEach((child) => (text += inlineText(child)))
    return text
  }
  return node.isInline ? inlineText(node) : selectedText(new Slice(node.content, 0, 0))
}

function inlineText(node: Node): string {
  if (node.type.name === 'placeholder') return placeholderText(node.attrs as PlaceholderNode['attrs'])
  if (node.type.name === 'customEmoji') return node.attrs.text
  if (node.type.name === 'hardBreak') return '\n'
  return node.text ?? ''
}
