import { Mark, markInputRule, markPasteRule } from '@tiptap/core'

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    spoiler: { toggleSpoiler: () => ReturnType }
  }
}

/** Text the reader uncovers with a tap. Typed as `||text||`, as in Telegram's own clients. */
export const Spoiler = Mark.create({
  name: 'spoiler',
  parseHTML: () => [{ tag: 'tg-spoiler' }, { tag: 'span.tg-spoiler' }],
  renderHTML: () => ['span', { class: 'tg-spoiler' }, 0],
  addCommands() {
    return {
      toggleSpoiler:
        () =>
        ({ commands }) =>
          commands.toggleMark(this.name),
    }
  },
  addKeyboardShortcuts() {
    return { 'Mod-Shift-p': () => this.editor.commands.toggleSpoiler() }
  },
  addInputRules() {
    return [markInputRule({ find: /(?:^|\s)(\|\|(?!\s)([^|]+)\|\|)$/, type: this.type })]
  },
  addPasteRules() {
    return [markPasteRule({ find: /(?:^|\s)(\|\|(?!\s)([^|]+)\|\|)/g, type: this.type })]
  },
})
