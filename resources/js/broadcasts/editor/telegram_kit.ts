import { Extension, type Extensions } from '@tiptap/core'
import StarterKit from '@tiptap/starter-kit'
import { Bullets } from './bullets.js'
import { CustomEmoji } from './custom_emoji.js'
import { Placeholder } from './placeholder.js'
import { Quote } from './quote.js'
import { Spoiler } from './spoiler.js'

const SCHEMES = ['http:', 'https:', 'tg:', 'ton:', 'tonsite:']

/** What Telegram opens from a message. */
export const isTelegramLink = (url: string) => {
  if (/\s/.test(url) || !URL.canParse(url)) return false
  const { protocol, host } = new URL(url)
  return SCHEMES.includes(protocol) && host !== ''
}

const LineBreaks = Extension.create({
  name: 'lineBreaks',
  addKeyboardShortcuts() {
    return { 'Shift-Enter': () => this.editor.commands.splitBlock() }
  },
})

/** Exactly what a Telegram message can hold: no headings, images, lists or tables, and one line is one paragraph. */
export function telegramKit(placeholders: readonly string[]): Extensions {
  return [
    StarterKit.configure({
      blockquote: false,
      bulletList: false,
      heading: false,
      horizontalRule: false,
      listItem: false,
      listKeymap: false,
      orderedList: false,
      trailingNode: false,
      codeBlock: { languageClassPrefix: 'language-', exitOnTripleEnter: true, exitOnArrowDown: true },
      link: {
        openOnClick: false,
        autolink: false,
        linkOnPaste: true,
        protocols: ['tg', 'ton', 'tonsite'],
        isAllowedUri: (url) => isTelegramLink(url),
        HTMLAttributes: { rel: 'noopener noreferrer nofollow', target: '_blank' },
      },
    }),
    Quote,
    Spoiler,
    Placeholder.configure({ names: placeholders }),
    CustomEmoji,
    Bullets,
    LineBreaks,
  ]
}
