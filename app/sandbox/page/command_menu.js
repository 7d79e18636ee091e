import { h, icon } from './dom.js'

/** The bot's commands: all of them behind the Menu button, the fitting ones while a command is typed. */
export class CommandMenu {
  #matching = []
  #selected = 0

  constructor(commands, choose) {
    this.commands = commands
    this.choose = choose
    this.element = h('div', { class: 'commands', role: 'listbox', 'aria-label': 'Commands of the bot', hidden: true })
    this.button = h('button', { type: 'button', class: 'bot-menu', 'aria-expanded': 'false' }, icon('menu'), 'Menu')
    this.button.addEventListener('click', () => (this.element.hidden ? this.#open(commands) : this.close()))
    this.button.addEventListener('keydown', (event) => event.key === 'Escape' && this.close())
  }

  suggest(text) {
    const typed = /^\/(\w*)$/.exec(text)?.[1]
    const matching = typed === undefined ? [] : this.commands.filter(({ command }) => command.startsWith(typed))
    if (matching.length > 0) this.#open(matching)
    else this.close()
  }

  /** Answers whether the key was for the menu. */
  onKey(event) {
    if (this.element.hidden) return false
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (move) this.#select((this.#selected + move + this.#matching.length) % this.#matching.length)
    else if (event.key === 'Escape') this.close()
    else if (event.key === 'Tab' || (event.key === 'Enter' && !event.shiftKey))
      this.#take(this.#matching[this.#selected])
    else return false
    event.preventDefault()
    return true
  }

  close() {
    this.element.hidden = true
    this.button.setAttribute('aria-expanded', 'false')
  }

  #open(commands) {
    this.#matching = commands
    this.element.replaceChildren(...commands.map((item) => this.#item(item)))
    this.element.hidden = false
    this.button.setAttribute('aria-expanded', 'true')
    this.#select(0)
  }

  #item(item) {
    return h(
      'button',
      { type: 'button', class: 'command-item', role: 'option', on: { click: () => this.#take(item) } },
      h('span', { class: 'command-name' }, `/${item.command}`),
      h('span', { class: 'command-about', dir: 'auto' }, item.description)
    )
  }

  #select(index) {
    this.#selected = index
    for (const [number, element] of [...this.element.children].entries()) {
      element.setAttribute('aria-selected', String(number === index))
      if (number === index) element.scrollIntoView({ block: 'nearest' })
    }
  }

  #take({ command }) {
    this.close()
    this.choose(command)
  }
}
