import { byId, h } from './dom.js'

const TOAST_MS = 3500

export function toast(text, className = '') {
  const element = h('div', { class: `toast ${className}` }, text)
  byId('toasts').append(element)
  setTimeout(() => element.remove(), TOAST_MS)
}

export function toastError(text) {
  toast(text, 'error')
}

/** Telegram's alert: a text and OK. */
export function showAlert(text) {
  return open(text, false, 'OK')
}

/** Answers whether the question was agreed to. */
export function ask(text, yes) {
  return open(text, true, yes)
}

function open(text, canCancel, label) {
  const dialog = byId('alert')
  byId('alert-text').textContent = text
  byId('alert-cancel').hidden = !canCancel
  byId('alert-ok').textContent = label
  dialog.returnValue = 'cancel'
  dialog.showModal()
  byId('alert-ok').focus()
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'ok'), { once: true })
  })
}

/** A photo over the whole window. */
export function showPhoto(source, alternative) {
  const close = () => dialog.close()
  const dialog = h(
    'dialog',
    { class: 'viewer', 'aria-label': 'Photo', on: { click: close, close: () => dialog.remove() } },
    h('img', { src: source, alt: alternative })
  )
  document.body.append(dialog)
  dialog.showModal()
}
