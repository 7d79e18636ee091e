import { h, icon } from './dom.js'
import { copy, link } from './entities.js'
import { toast } from './alerts.js'

/** Buttons below a message. `actions.press(message, index)` answers a promise that ends when the bot has answered. */
export function inlineKeyboard(message, actions) {
  let index = 0
  const rows = message.reply_markup.inline_keyboard.map((row) =>
    h(
      'div',
      { class: 'keyboard-row' },
      row.map((button) => key(button, index++, message, actions))
    )
  )
  return h('div', { class: 'keyboard', role: 'group', 'aria-label': 'Buttons' }, rows)
}

function key(button, index, message, actions) {
  if (button.url) return link(button.url, [button.text, icon('link')], actions, 'key')
  const element = h('button', { type: 'button', class: 'key' }, button.text)
  element.addEventListener('click', () => press(element, button, index, message, actions))
  return element
}

async function press(element, button, index, message, actions) {
  if (button.copy_text) return copy(button.copy_text.text)
  if (button.web_app) return void window.open(button.web_app.url, '_blank', 'noopener')
  if (button.pay === undefined && button.callback_data === undefined) {
    return toast('This kind of button does nothing in the sandbox')
  }
  if (element.getAttribute('aria-busy') === 'true') return undefined
  element.setAttribute('aria-busy', 'true')
  await (button.pay === undefined ? actions.press(message, index) : actions.pay(message))
  element.removeAttribute('aria-busy')
  return undefined
}

/** The keyboard under the input field: its buttons send their own text. */
export function replyKeyboard(keyboard, send) {
  const rows = keyboard.keyboard.map((row) =>
    h(
      'div',
      { class: 'keyboard-row' },
      row.map((button) => {
        const label = typeof button === 'string' ? button : button.text
        return h('button', { type: 'button', class: 'key', on: { click: () => send(label) } }, label)
      })
    )
  )
  return h('div', { class: 'reply-keyboard', role: 'group', 'aria-label': 'Keyboard of the bot' }, rows)
}
