import { words } from '#admin/broadcasts/words'

/** Keys of the commands that have some; Mac's Command takes the place of Ctrl. */
const KEYS: Record<string, string> = {
  bold: 'Ctrl+B',
  italic: 'Ctrl+I',
  underline: 'Ctrl+U',
  strike: 'Ctrl+Shift+S',
  spoiler: 'Ctrl+Shift+P',
  code: 'Ctrl+E',
  codeBlock: 'Ctrl+Alt+C',
  link: 'Ctrl+K',
  blockquote: 'Ctrl+Shift+B',
  undo: 'Ctrl+Z',
  redo: 'Ctrl+Shift+Z',
}

/** Buttons over the editor: command, icon, and whether it can be pressed in. */
const TOOLS: Array<[command: string, icon: string, key: string, toggles?: boolean]> = [
  ['bold', 'bold', 'bold', true],
  ['italic', 'italic', 'italic', true],
  ['underline', 'underline', 'underline', true],
  ['strike', 'strikethrough', 'strike', true],
  ['spoiler', 'eye-off', 'spoiler', true],
  ['code', 'code', 'code', true],
  ['codeBlock', 'source-code', 'code_block', true],
  ['link', 'link', 'link', true],
  ['blockquote', 'blockquote', 'quote', true],
  ['expandable', 'fold-down', 'expandable', true],
  ['bullets', 'list', 'bullets', true],
  ['placeholder', 'user-code', 'placeholder'],
  ['emoji', 'mood-smile', 'emoji'],
  ['clear', 'clear-formatting', 'clear'],
  ['undo', 'arrow-back-up', 'undo'],
  ['redo', 'arrow-forward-up', 'redo'],
]

export const editorTools = () =>
  TOOLS.map(([command, icon, key, toggles = false]) => {
    const label = words(`toolbar.${key}`)
    return { command, icon, label, toggles, title: KEYS[command] ? `${label} (${KEYS[command]})` : label }
  })
