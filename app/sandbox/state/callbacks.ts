import { randomInt } from 'node:crypto'

export interface CallbackAnswer {
  text?: string
  show_alert?: boolean
  url?: string
}

export interface PressedButton {
  id: string
  customerId: number
  chatId: number
  messageId: number
  data: string
  pressedAt: number
  answer?: CallbackAnswer
}

/** Buttons that were pressed and wait for answerCallbackQuery. */
export class Callbacks {
  #pressed = new Map<string, PressedButton>()

  /** How long Telegram waits for an answer. */
  constructor(readonly timeoutMs: number) {}

  press(button: Omit<PressedButton, 'id'>): PressedButton {
    this.#forgetOlderThan(button.pressedAt - 4 * this.timeoutMs)
    const pressed = { ...button, id: `${randomInt(1, 2 ** 31)}${randomInt(10 ** 8, 10 ** 9)}` }
    this.#pressed.set(pressed.id, pressed)
    return pressed
  }

  find(id: string): PressedButton | undefined {
    return this.#pressed.get(id)
  }

  /** The press that this answers, or nothing when it is unknown, too old or answered already. */
  answer(id: string, answer: CallbackAnswer, now: number): PressedButton | undefined {
    const pressed = this.#pressed.get(id)
    if (!pressed || pressed.answer || now - pressed.pressedAt > this.timeoutMs) return undefined
    pressed.answer = answer
    return pressed
  }

  clear(): void {
    this.#pressed.clear()
  }

  #forgetOlderThan(moment: number): void {
    for (const [id, { pressedAt }] of this.#pressed) {
      if (pressedAt >= moment) return
      this.#pressed.delete(id)
    }
  }
}
