import { setTimeout as sleep } from 'node:timers/promises'
import { type Rates, spacingUs } from '#notifications/pace/rates'
import type { Lane, SlotStore } from '#notifications/pace/slots'
import { WriteGate } from '#notifications/pace/write_gate'

/** At most two slots are reserved ahead, or 50 ms' worth at high pace: an interactive call waits no longer. */
const AHEAD_SLOTS = 2
const AHEAD_MS = 50

/** A first slot further away than that is silence that Telegram asked for: nothing is reserved in it. */
const SILENCE_US = 1_500_000

const LATEST_MS = 100

/** `silence`: no slot for so many milliseconds. */
export type Turn = { kind: 'go' } | { kind: 'aborted' } | { kind: 'silence'; ms: number }

/** Tells one loop of the sender when to write its next call. */
export class Pacer {
  /** Reserved and not yet used, milliseconds of the monotonic clock. */
  readonly #hand: number[] = []
  readonly #gate = new WriteGate()
  #reserving?: Promise<number>
  /** Where the next slot would lie if nobody else took one, by the store's clock. */
  #expectedUs?: number

  constructor(
    private readonly lane: Lane,
    private readonly slots: SlotStore,
    private readonly rates: Rates
  ) {}

  /** Waits for the next slot. `waiting` calls want one: no more are reserved. */
  async next(waiting: number, signal: AbortSignal): Promise<Turn> {
    const rate = await this.rates.of(this.lane)
    this.#dropStale()
    while (!signal.aborted) {
      if (this.#hand.length === 0) {
        const silenceMs = await this.#refill(rate, waiting)
        if (silenceMs > 0) return { kind: 'silence', ms: silenceMs }
        continue
      }
      this.#refill(rate, waiting).catch(() => {})
      if (await this.#reached(this.#hand[0], rate, signal)) return { kind: 'go' }
    }
    return { kind: 'aborted' }
  }

  /** Slots in hand are void: Telegram has just asked for silence. */
  drop() {
    this.#hand.length = 0
  }

  /** False when the slot was dropped meanwhile. */
  async #reached(slot: number, rate: number, signal: AbortSignal) {
    await until(slot, signal)
    const gate = () => this.#gate.opensAt(rate)
    while (gate() > performance.now() && !signal.aborted) await until(gate(), signal)
    if (signal.aborted || this.#hand[0] !== slot) return false
    this.#hand.shift()
    this.#gate.written(performance.now())
    return true
  }

  /** Slots that nobody wanted in time: used later they would bunch. */
  #dropStale() {
    while (this.#hand.length > 0 && this.#hand[0] < performance.now() - LATEST_MS) this.#hand.shift()
  }

  /** Answers the length of the silence that keeps it from reserving, usually 0. */
  async #refill(rate: number, waiting: number) {
    if (!this.#reserving && this.#lacking(rate, waiting) <= 0) return 0
    return (this.#reserving ??= this.#reserve(rate, waiting).finally(() => (this.#reserving = undefined)))
  }

  #lacking(rate: number, waiting: number) {
    const ahead = Math.max(AHEAD_SLOTS, Math.floor((rate * AHEAD_MS) / 1000))
    return Math.min(ahead, waiting) - this.#hand.length
  }

  async #reserve(rate: number, waiting: number) {
    const count = this.#lacking(rate, waiting)
    const { reserved, waitUs, firstUs } = await this.slots.reserve({
      lane: this.lane,
      count,
      spacingUs: spacingUs(rate),
      maxWaitUs: SILENCE_US,
    })
    if (!reserved) return waitUs / 1000
    const first = performance.now() + waitUs / 1000
    this.#enterOthers(firstUs, first, rate)
    this.#expectedUs = firstUs + count * spacingUs(rate)
    for (let i = 0; i < count; i++) this.#hand.push(first + (i * spacingUs(rate)) / 1000)
    return 0
  }

  /** Slots that were passed over went to answers of the bot, which count for the gate as well. */
  #enterOthers(firstUs: number, first: number, rate: number) {
    const passed = Math.round((firstUs - (this.#expectedUs ?? firstUs)) / spacingUs(rate))
    for (let i = Math.min(passed, Math.ceil(rate)); i > 0; i--) this.#gate.written(first - (i * spacingUs(rate)) / 1000)
  }
}

/** Timers count from the start of the event loop's turn, so they may fire early. */
async function until(moment: number, signal: AbortSignal) {
  for (let ms = moment - performance.now(); ms > 0 && !signal.aborted; ms = moment - performance.now()) {
    await sleep(ms, undefined, { signal }).catch(() => {})
  }
}
