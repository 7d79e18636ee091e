import { Node, wrappingInputRule } from '@tiptap/core'

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
        ({ commands }) =>
          commands.toggleWrap(this.name),
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
