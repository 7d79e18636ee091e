import { InputRule, Node, PasteRule } from '@tiptap/core'
import { placeholderPattern, placeholderText } from '../markup/placeholder.js'
import type { PlaceholderNode } from '../markup/document.js'

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    placeholder: { insertPlaceholder: (name: string, fallback: string) => ReturnType }
  }
}

const textOf = (attributes: Record<string, unknown>) => placeholderText(attributes as PlaceholderNode['attrs'])

/** `{first_name|friend}` as one piece that can't be broken by typing into it. */
export const Placeholder = Node.create<{ names: readonly string[] }>({
  name: 'placeholder',
  group: 'inline',
  inline: true,
  atom: true,
  addOptions: () => ({ names: [] }),
  addAttributes: () => ({
    name: {
      parseHTML: (element) => element.dataset.placeholder,
      renderHTML: ({ name }) => ({ 'data-placeholder': name }),
    },
    fallback: {
      default: null,
      parseHTML: (element) => element.dataset.fallback ?? null,
      renderHTML: ({ fallback }) => (fallback ? { 'data-fallback': fallback } : {}),
    },
  }),
  parseHTML: () => [{ tag: 'span[data-placeholder]' }],
  renderHTML: ({ node, HTMLAttributes }) => [
    'span',
    { ...HTMLAttributes, class: 'placeholder-chip' },
    textOf(node.attrs),
  ],
  renderText: ({ node }) => textOf(node.attrs),
  addCommands() {
    return {
      insertPlaceholder:
        (name, fallback) =>
        ({ state, commands }) =>
          commands.insertContent({
            type: this.name,
            attrs: { name, fallback: fallback || null },
            marks: (state.storedMarks ?? state.selection.$from.marks()).map((mark) => mark.toJSON()),
          }),
    }
  },
  addInputRules() {
    if (!this.options.names.length) return []
    return [
      new InputRule({
        find: new RegExp(`${placeholderPattern(this.options.names)}$`),
        handler: ({ range, match, state }) => {
          const marks = state.doc.resolve(range.from).marks()
          const attributes = { name: match[1], fallback: match[2] || null }
          state.tr.replaceWith(range.from, range.to, this.type.create(attributes, null, marks))
        },
      }),
    ]
  },
  addPasteRules() {
    if (!this.options.names.length) return []
    return [
      new PasteRule({
        find: new RegExp(placeholderPattern(this.options.names), 'g'),
        handler: ({ range, match, state }) => {
          const marks = state.doc.nodeAt(range.from)?.marks ?? []
          const attributes = { name: match[1], fallback: match[2] || null }
          state.tr.replaceWith(range.from, range.to, this.type.create(attributes, null, marks))
        },
      }),
    ]
  },
})
