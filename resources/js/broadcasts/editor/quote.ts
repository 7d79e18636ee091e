import { Node, wrappingInputRule } from '@tiptap/core'
import { NodeRange, type Node as DocumentNode } from '@tiptap/pm/model'
import type { EditorState } from '@tiptap/pm/state'

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    quote: { toggleQuote: () => ReturnType; toggleExpandable: () => ReturnType }
  }
}

/** Telegram's quote: lines and code blocks, never another quote; an expandable one shows its first lines only. */
export const Quote = Node.create({
  name: 'blockquote',
  group: 'block',
  content: '(paragraph | codeBlock)+',
  defining: true,
  addAttributes() {
    return {
      expandable: {
        default: false,
        parseHTML: (element) => element.hasAttribute('expandable'),
        renderHTML: ({ expandable }) => (expandable ? { expandable: '' } : {}),
      },
    }
  },
  parseHTML: () => [{ tag: 'blockquote' }],
  renderHTML: ({ HTMLAttributes }) => ['blockquote', HTMLAttributes, 0],
  addCommands() {
    return {
      toggleQuote:
        () =>
        ({ state, tr, dispatch, commands }) => {
          const quotes = quotesIn(state)
          if (quotes.length === 0) return commands.wrapIn(this.name)
          if (dispatch) for (const { start, end } of quotes.reverse()) tr.lift(linesOf(tr.doc, start, end), 0)
          return true
        },
      toggleExpandable:
        () =>
        ({ editor, commands }) =>
          commands.updateAttributes(this.name, { expandable: !editor.getAttributes(this.name).expandable }),
    }
  },
  addKeyboardShortcuts() {
    return { 'Mod-Shift-b': () => this.editor.commands.toggleQuote() }
  },
  addInputRules() {
    return [wrappingInputRule({ find: /^\s*>\s$/, type: this.type })]
  },
})

/** Every quote that the selection touches, be it the whole text. */
function quotesIn({ doc, selection }: EditorState) {
  const quotes: Array<{ start: number; end: number }> = []
  doc.nodesBetween(selection.from, selection.to, (node, position) => {
    if (node.type.name === 'blockquote') quotes.push({ start: position + 1, end: position + node.nodeSize - 1 })
    return false
  })
  return quotes
}

/** What a quote holds; quotes stand in the text itself, never in something else. */
const linesOf = (doc: DocumentNode, start: number, end: number) =>
  new NodeRange(doc.resolve(start), doc.resolve(end), 1)
