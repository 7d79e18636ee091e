import { setTimeout as sleep } from 'node:timers/promises'
import type { SandboxServer } from '#sandbox/server'

type Person = ReturnType<SandboxServer['customer']>
type Message = ReturnType<SandboxServer['answers']>[number]

/** What a customer saw done: what the books must say in the end. */
export type Deed =
  | { kind: 'top_up'; way: string; ton: number }
  | { kind: 'purchase'; way: string; ton: number; order: string; isImpossible: boolean }

const PATIENCE_MS = 15_000
const LOOK_MS = 100
const MOST_TRIES = 4
const WAYS = ['Crypto Pay', 'Heleket', 'Telegram Stars']

/** Fragment sells no fewer; smaller orders are delivered by hand. */
const FRAGMENT_LEAST = 50

/** The chat does not lead on from here: nothing was paid, and people begin anew. */
class DeadEnd extends Error {}

/** A customer who presses buttons, presses them again when nothing happens, and pays what is asked. */
export class Shopper {
  readonly deeds: Deed[] = []
  beganAnew = 0

  constructor(
    private readonly sandbox: SandboxServer,
    readonly person: Person,
    private readonly random: () => number,
    private readonly signal: AbortSignal
  ) {}

  /** One after the other, with pauses. */
  async shop(deeds: number, longestPauseMs: number) {
    for (let i = 0; i < deeds; i++) {
      await this.#rest(this.random() * longestPauseMs)
      const isTopUp = this.random() < 0.4
      this.deeds.push(await this.#untilDone(() => (isTopUp ? this.#topUp() : this.#purchase())))
    }
  }

  async #untilDone(act: () => Promise<Deed>): Promise<Deed> {
    for (let tries = 1; ; tries++) {
      try {
        return await act()
      } catch (error) {
        if (!(error instanceof DeadEnd) || tries === MOST_TRIES) throw error
        this.beganAnew++
      }
    }
  }

  async #topUp(): Promise<Deed> {
    const ton = 10 + Math.floor(this.random() * 20)
    const way = this.#oneOf(WAYS)
    const ways = await this.#ask(`/recharge ${ton}`, way)
    const asked = await this.#press(ways, way, (message) => payUrl(message) !== undefined)
    await this.#pay(asked)
    return { kind: 'top_up', way, ton }
  }

  async #purchase(): Promise<Deed> {
    const isFragments = this.random() < 0.5
    const ton = isFragments ? FRAGMENT_LEAST + Math.floor(this.random() * 10) : 5 + Math.floor(this.random() * 20)
    const isImpossible = isFragments && this.random() < 0.15
    const way = this.#oneOf(['From the balance', 'From the balance', 'Crypto Pay', 'Heleket'])
    let offer = await this.#ask(`/buy_stars ${ton}`, way)
    if (isImpossible) {
      await this.#press(offer, 'somebody else', ({ text }) => text!.includes('Whom are the Stars for'))
      offer = await this.#ask('@nobody_has_this_name', way)
    }
    const confirmation = await this.#press(offer, way, (message) =>
      labels(message).some((label) => label.includes('Buy for'))
    )
    const order = await this.#buy(confirmation, way)
    return { kind: 'purchase', way, ton, order: referenceOf(order)!, isImpossible }
  }

  /** From the balance the order is made or the chat goes back to the shop; anything else is a fault. */
  async #buy(confirmation: Message, way: string): Promise<Message> {
    const isOrder = (message: Message) => referenceOf(message) !== undefined
    if (way !== 'From the balance') {
      const order = await this.#press(confirmation, 'Buy for', isOrder)
      await this.#pay(await this.#until(order, (message) => payUrl(message) !== undefined))
      return order
    }
    try {
      return await this.#press(confirmation, 'Buy for', isOrder)
    } catch (error) {
      const isBackInShop = this.#newest(confirmation, ({ text }) => text?.includes('Choose a package') === true)
      if (!(error instanceof DeadEnd) || isBackInShop) throw error
      throw new Error(`A purchase from the balance ended nowhere: ${error.message}`, { cause: error })
    }
  }

  /** Pays where the button leads; asks the bot about it now and then, as impatient people do. */
  async #pay(message: Message) {
    const url = payUrl(message)!
    const [, service, id] = /\/pay\/(crypto-pay|heleket)\/(.+)$/.exec(url) ?? []
    if (service === 'crypto-pay') this.sandbox.cryptoPay.pay(id)
    else if (service === 'heleket') this.sandbox.heleket.pay(id)
    else await this.#payInStars(url)
    await this.#rest(this.random() * 4000)
    if (this.random() < 0.4) this.#touch(message, 'Check the payment')
  }

  /** Whoever hears nothing from the bot tries once more, and is debited once. */
  async #payInStars(url: string) {
    for (let i = 0; i < 15; i++) {
      const { paid } = await this.sandbox.pay(this.person, url)
      if (paid) return
      await this.#rest(1000)
    }
    throw new Error(`${this.person.first_name} could not pay ${url} in Stars`)
  }

  /** Writes, until a message with that button comes. */
  async #ask(text: string, button: string): Promise<Message> {
    const fits = (message: Message) => labels(message).some((label) => label.includes(button))
    return this.#again(`"${text}"`, () => {
      const { message_id: after } = this.sandbox.say(this.person, text)
      return () => this.sandbox.answers(this.person).find((message) => message.message_id > after && fits(message))
    })
  }

  /** Presses, twice now and then, until the message (or one that came instead of it) is as it should be. */
  async #press(message: Message, button: string, fits: (message: Message) => boolean): Promise<Message> {
    return this.#again(`the button "${button}"`, () => {
      this.#touch(message, button)
      if (this.random() < 0.3) this.#touch(message, button)
      return () => this.#newest(message, fits)
    })
  }

  #until(message: Message, fits: (message: Message) => boolean) {
    return this.#again('the invoice', () => () => this.#newest(message, fits))
  }

  #newest({ message_id: from }: Message, fits: (message: Message) => boolean) {
    return this.sandbox.answers(this.person).findLast((answer) => answer.message_id >= from && fits(answer))
  }

  async #again(what: string, act: () => () => Message | undefined): Promise<Message> {
    for (let i = 0; i < MOST_TRIES; i++) {
      const look = act()
      for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_MS) {
        const found = look()
        if (found) return found
        await this.#rest(LOOK_MS)
      }
    }
    const seen = this.sandbox.answers(this.person).at(-1)
    throw new DeadEnd(
      `${this.person.first_name} got nowhere with ${what}; the last message: ${JSON.stringify(seen?.text)}`
    )
  }

  /** The message may have changed while the finger was on its way. */
  #touch({ message_id: id }: Message, button: string) {
    const message = this.sandbox.answers(this.person).find((answer) => answer.message_id === id)
    if (message && labels(message).some((label) => label.includes(button))) {
      this.sandbox.press(this.person, message, button)
    }
  }

  #rest(ms: number) {
    return sleep(ms, undefined, { signal: this.signal })
  }

  #oneOf<T>(items: T[]): T {
    return items[Math.floor(this.random() * items.length)]
  }
}

const buttons = (message: Message) => message.reply_markup?.inline_keyboard.flat() ?? []
const labels = (message: Message) => buttons(message).map(({ text }) => text)
const payUrl = (message: Message) => buttons(message).find(({ url }) => url !== undefined)?.url
const referenceOf = ({ text }: Message) => /Order: ([0-9A-Z]{10})/.exec(text ?? '')?.[1]
