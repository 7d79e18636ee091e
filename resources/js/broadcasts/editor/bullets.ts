import { Extension, InputRule, type Editor } from '@tiptap/core'
import type { Node as DocumentNode } from '@tiptap/pm/model'

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    bullets: { toggleBullets: () => ReturnType }
  }
}

export const BULLET = '• '

/** Telegram has no lists: a bullet is a character at the beginning of a line, and Enter carries it on. */
export const Bullets = Extension.create({
  name: 'bullets',
  addCommands() {
    return {
      toggleBullets:
        () =>
        ({ state, tr, dispatch }) => {
          const lines: Array<{ node: DocumentNode; start: number }> = []
          const { from, to } = state.selection
          state.doc.nodesBetween(from, to, (node, position) => {
            if (node.type.name === 'paragraph') lines.push({ node, start: position + 1 })
          })
          if (!lines.length) return false
          const all = lines.every(({ node }) => node.textContent.startsWith(BULLET))
          if (!dispatch) return true
          for (const { node, start } of lines.reverse()) {
            if (all) tr.delete(start, start + BULLET.length)
            else if (!node.textContent.startsWith(BULLET)) tr.insertText(BULLET, start)
          }
          return true
        },
    }
  },
  addInputRules() {
    return [
      new InputRule({
        find: /^[-*]\s$/,
        handler: ({ state, range }) => {
          if (state.selection.$from.parent.type.name === 'paragraph') state.tr.insertText(BULLET, range.from, range.to)
        },
      }),
    ]
  },
  addKeyboardShortcuts() {
    return { Enter: () => continueList(this.editor) }
  },
})

/** In a bulleted line Enter begins the next one; on an empty bullet it ends the list. */
function continueList(editor: Editor) {
  const { $from, empty } = editor.state.selection
  const line = $from.parent
  if (!empty || line.type.name !== 'paragraph' || !line.textContent.startsWith(BULLET)) return false
  if (line.textContent === BULLET) {
    return editor.commands.deleteRange({ from: $from.start(), to: $from.start() + BULLET.length })
  }
  return editor.chain().splitBlock().insertContent(BULLET).run()
}
