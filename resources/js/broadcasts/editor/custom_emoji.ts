import { Node } from '@tiptap/core'

/** Kept when a text with custom emoji is edited; shown as the ordinary emoji that stands for it. */
export const CustomEmoji = Node.create({
  name: 'customEmoji',
  group: 'inline',
  inline: true,
  atom: true,
  addAttributes: () => ({
    id: {
      parseHTML: (element) => element.getAttribute('emoji-id'),
      renderHTML: ({ id }) => ({ 'emoji-id': id }),
    },
    text: { parseHTML: (element) => element.textContent, renderHTML: () => ({}) },
  }),
  parseHTML: () => [{ tag: 'tg-emoji[emoji-id]' }],
  renderHTML: ({ node, HTMLAttributes }) => ['tg-emoji', HTMLAttributes, node.attrs.text],
  renderText: ({ node }) => node.attrs.text,
})
