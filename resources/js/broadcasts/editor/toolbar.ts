import type { ChainedCommands, Editor } from '@tiptap/core'

type Command = (chain: ChainedCommands) => ChainedCommands

const COMMANDS: Record<string, Command> = {
  bold: (chain) => chain.toggleBold(),
  italic: (chain) => chain.toggleItalic(),
  underline: (chain) => chain.toggleUnderline(),
  strike: (chain) => chain.toggleStrike(),
  spoiler: (chain) => chain.toggleSpoiler(),
  code: (chain) => chain.toggleCode(),
  codeBlock: (chain) => chain.toggleCodeBlock(),
  blockquote: (chain) => chain.toggleQuote(),
  expandable: (chain) => chain.toggleExpandable(),
  bullets: (chain) => chain.toggleBullets(),
  clear: (chain) => chain.unsetAllMarks(),
  undo: (chain) => chain.undo(),
  redo: (chain) => chain.redo(),
}

/** Connects the page's buttons (`data-command`) with the editor; one stop of the Tab key, arrows inside. */
export function connectToolbar(toolbar: HTMLElement, editor: Editor) {
  const buttons = [...toolbar.querySelectorAll<HTMLButtonElement>('button')]
  for (const button of buttons) {
    const command = COMMANDS[button.dataset.command ?? '']
    if (command) button.addEventListener('click', () => command(editor.chain().focus()).run())
  }
  buttons.forEach((button, index) => (button.tabIndex = index ? -1 : 0))
  /** A click leaves the focus, and with it the selection, in the text. */
  toolbar.addEventListener('mousedown', (event) => event.preventDefault())
  toolbar.addEventListener('keydown', (event) => rove(event, buttons))

  const refresh = () => {
    for (const button of buttons) showState(button, editor)
  }
  editor.on('transaction', refresh)
  refresh()
}

function showState(button: HTMLButtonElement, editor: Editor) {
  const { command = '' } = button.dataset
  if (button.hasAttribute('aria-pressed')) button.setAttribute('aria-pressed', String(isActive(command, editor)))
  if (command === 'expandable') button.hidden = !editor.isActive('blockquote')
  if (command === 'undo' || command === 'redo') button.disabled = !editor.can()[command]()
}

function isActive(command: string, editor: Editor) {
  if (command === 'expandable') return editor.isActive('blockquote', { expandable: true })
  if (command === 'bullets') return editor.state.selection.$from.parent.textContent.startsWith('• ')
  return editor.isActive(command)
}

function rove(event: KeyboardEvent, buttons: HTMLButtonElement[]) {
  const usable = buttons.filter((button) => !button.disabled && !button.hidden)
  const current = usable.indexOf(document.activeElement as HTMLButtonElement)
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
  if (!step || current === -1) return
  event.preventDefault()
  const next = usable[(current + step + usable.length) % usable.length]
  for (const button of buttons) button.tabIndex = button === next ? 0 : -1
  next.focus()
}
