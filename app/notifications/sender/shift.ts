import type { Lease } from '#system/leases/lease'
import { Bell, rest } from '#notifications/sender/bell'
import { ChatSpacing } from '#notifications/sender/chat_spacing'
import { claimLoop } from '#notifications/sender/claim_loop'
import { takesSlot } from '#notifications/sender/chat_rules'
import { senderFigures } from '#notifications/sender/figures'
import { LaneQueue, type AttemptedRow, type LaneName } from '#notifications/sender/lane_queue'
import { markLoop } from '#notifications/sender/mark_loop'
import type { PreparedRow } from '#notifications/sender/prepared_row'
import { ResultWriter } from '#notifications/sender/result_writer'
import type { RowResult } from '#notifications/sender/result'
import type { SenderTools } from '#notifications/sender/sender_tools'
import { writeLoop } from '#notifications/sender/write_loop'

/** Answers are waited for that long at a shutdown; then their rows' outcome is unknown. */
const PATIENCE_MS = 15_000

/**
 * One holder's time as the sender. Three loops hand rows on: claimed and worded, journalled as attempted, written at
 * their slots. An error of the database ends the shift; the next one begins with a recovery.
 */
export class Shift {
  readonly bell = new Bell()
  readonly spacing = new ChatSpacing()
  readonly lanes: Record<LaneName, LaneQueue>
  readonly results: ResultWriter
  readonly claimant: string
  readonly #inFlight = new Set<Promise<void>>()
  readonly #laneOf = new Map<number, LaneQueue>()
  readonly #calls = new AbortController()
  readonly #failed = new AbortController()
  #silentUntil = 0

  constructor(
    readonly tools: SenderTools,
    readonly lease: Lease
  ) {
    this.claimant = `${lease.holder}#${lease.fence}`
    this.lanes = {
      free: new LaneQueue('free', tools.pacer('free')),
      paid: new LaneQueue('paid', tools.pacer('paid')),
      unpaced: new LaneQueue('unpaced', null),
    }
    this.results = new ResultWriter(
      this.claimant,
      lease,
      tools.storeResults,
      tools.logger,
      () => this.unresolved / 3,
      (stored) => this.#stored(stored)
    )
  }

  async run(signal: AbortSignal) {
    await rest(this.tools.settlingMs, signal)
    if (signal.aborted) return
    this.tools.photos.startOver()
    const found = await this.tools.recovery.recover(this.claimant)
    this.tools.logger.info({ lease: this.lease.fence, ...found }, 'The sender begins')

    const until = AbortSignal.any([signal, this.#failed.signal])
    const loops = [claimLoop(this, until)]
    for (const lane of Object.values(this.lanes)) loops.push(markLoop(this, lane, until), writeLoop(this, lane, until))
    await Promise.all(loops.map((loop) => loop.catch((error) => this.#failed.abort(error))))
    await this.#end()
    this.#failed.signal.throwIfAborted()
  }

  get unresolved() {
    return Object.values(this.lanes).reduce((sum, lane) => sum + lane.unresolved, 0)
  }

  get silenceMs() {
    return Math.max(0, this.#silentUntil - performance.now())
  }

  /** Telegram asked for it, or does not answer: nothing more is written, and what was taken goes back. */
  async fallSilent(ms: number) {
    this.#silentUntil = Math.max(this.#silentUntil, performance.now() + ms)
    for (const lane of Object.values(this.lanes)) lane.pacer?.drop()
    await this.release()
  }

  async release() {
    const items = Object.values(this.lanes).flatMap((lane) => lane.clear())
    for (const item of items) this.unplan(item)
    await this.tools.attempts.release(
      this.claimant,
      items.map(({ row }) => row.id)
    )
    this.bell.ring()
  }

  /** Undoes what was arranged for a row that is not going to be written. */
  unplan(item: PreparedRow & Partial<AttemptedRow>) {
    if (takesSlot(item.row)) this.spacing.released(item.row.chatId)
    if (item.source?.kind === 'upload') this.tools.photos.notUploaded(item.photo!)
  }

  /** Sends without waiting for the answer. */
  send(lane: LaneQueue, item: AttemptedRow) {
    this.#laneOf.set(item.row.id, lane)
    lane.calling++
    if (takesSlot(item.row)) this.spacing.written(item.row.chatId, performance.now())
    const flight = this.#deliver(item)
      .catch((error) => this.#failed.abort(error))
      .finally(() => {
        lane.calling--
        this.#inFlight.delete(flight)
        if (lane.isCrowded) this.bell.ring()
      })
    this.#inFlight.add(flight)
  }

  async #deliver(item: AttemptedRow) {
    const { result, silenceMs } = await this.#call(item)
    this.results.add([result])
    if (silenceMs > 0) await this.fallSilent(silenceMs)
  }

  /** A row without a result is the next shift's to recover. */
  async #call(item: AttemptedRow) {
    try {
      return await this.tools.delivery.deliver(item, this.#calls.signal)
    } catch (error) {
      this.#resolved(item.row.id)
      throw error
    }
  }

  #resolved(rowId: number) {
    const lane = this.#laneOf.get(rowId)
    if (lane) lane.unresolved--
    this.#laneOf.delete(rowId)
  }

  #stored(results: RowResult[]) {
    senderFigures.record(results)
    for (const { row } of results) this.#resolved(row.id)
    this.bell.ring()
  }

  async #end() {
    await this.release().catch((error) => this.tools.logger.error({ err: error }, 'Unsent rows could not be put back'))
    const impatient = setTimeout(() => this.#calls.abort(), PATIENCE_MS)
    await Promise.allSettled(this.#inFlight)
    clearTimeout(impatient)
    await this.results.finished()
  }
}
