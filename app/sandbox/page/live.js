import { toastError } from './alerts.js'

/** Server-sent events of one chat and of the list, connected again by the browser when they break. */
export class LiveConnection {
  #source
  #wasLost = false

  constructor(handlers) {
    this.handlers = handlers
  }

  /** Listens to a chat, or only to the list when there is none. */
  watch(chatId) {
    this.#source?.close()
    this.#source = new EventSource(`/sandbox/events${chatId ? `?chat=${chatId}` : ''}`)
    for (const [name, handle] of Object.entries(this.handlers)) {
      this.#source.addEventListener(name, (event) => handle(JSON.parse(event.data)))
    }
    this.#source.onopen = () => {
      if (this.#wasLost) this.handlers.reset()
      this.#wasLost = false
    }
    this.#source.onerror = () => {
      if (!this.#wasLost) toastError('The sandbox does not answer; trying again.')
      this.#wasLost = true
    }
  }
}
