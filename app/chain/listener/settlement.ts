import { inject } from '@adonisjs/core'
import { Chain } from '#chain/chain_config'
import { Cursor } from '#chain/listener/cursor'
import { ApplyEffects } from '#chain/listener/effects/apply_effects'
import { EventProblems } from '#chain/listener/effects/event_problems'
import type { LogReader } from '#chain/listener/reading/log_reader'
import { RangeReader } from '#chain/listener/reading/range_reader'
import { CheckBlocks } from '#chain/listener/recording/check_blocks'
import { Confirm } from '#chain/listener/recording/confirm'
import { Clock } from '#core/clock'

const RETRY_EVERY_MS = 30_000

/** Now and then the last blocks are read a third time: what two readings in a row have missed comes to light. */
const LOOK_BACK_EVERY_MS = 10 * 60_000
const LOOK_BACK_BLOCKS = 300

/** What follows when blocks stay: they are read once more, then their events take effect. */
@inject()
export class Settlement {
  #ranges: RangeReader | null = null
  /** Blocks up to here have been read twice; what was confirmed before is in the cursor. */
  #checked = 0
  #confirmed: number | null = null
  #retryAt = 0
  #lookBackAt: number | null = null

  constructor(
    private readonly chain: Chain,
    private readonly cursors: Cursor,
    private readonly check: CheckBlocks,
    private readonly effects: ApplyEffects,
    private readonly problems: EventProblems,
    private readonly confirm: Confirm,
    private readonly clock: Clock
  ) {}

  /** False when something is left for the next time. */
  async run(logs: LogReader, mayGoOn: () => boolean): Promise<boolean> {
    const cursor = await this.cursors.find()
    if (!cursor || cursor.stopped !== null) return true
    /** Somebody else confirmed, or went back. */
    if (cursor.confirmedBlock !== this.#confirmed) this.#checked = this.#confirmed = cursor.confirmedBlock
    const last = cursor.blockNumber - this.chain.required.confirmations + 1
    const isChecked = await this.#checkUpTo(last, logs, mayGoOn)
    if (!(await this.#apply(mayGoOn))) return false
    if (this.#checked > this.#confirmed && (await this.confirm.run(this.#checked))) this.#confirmed = this.#checked
    if (isChecked) await this.#lookBack(logs)
    return isChecked
  }

  async #lookBack(logs: LogReader) {
    const now = this.clock.now()
    this.#lookBackAt ??= now + LOOK_BACK_EVERY_MS
    if (now < this.#lookBackAt) return
    this.#lookBackAt = now + LOOK_BACK_EVERY_MS
    const { startBlock } = this.chain.required
    let from = Math.max(startBlock ?? 0, this.#checked - LOOK_BACK_BLOCKS + 1)
    while (from <= this.#checked) {
      const read = await this.#ranges!.read(from, this.#checked)
      if ((await this.check.run(read, logs.wallets)) !== 'recorded') return
      from = read.to + 1
    }
  }

  async #checkUpTo(last: number, logs: LogReader, mayGoOn: () => boolean) {
    this.#ranges ??= new RangeReader(logs)
    while (this.#checked < last) {
      const read = await this.#ranges.read(this.#checked + 1, last)
      if ((await this.check.run(read, logs.wallets)) !== 'recorded') return false
      this.#checked = read.to
      if (!mayGoOn()) break
    }
    return this.#checked >= last
  }

  async #apply(mayGoOn: () => boolean) {
    const isRetry = this.clock.now() >= this.#retryAt
    if (isRetry) this.#retryAt = this.clock.now() + RETRY_EVERY_MS
    const { isDone, failed } = await this.effects.run({ upTo: this.#checked, isRetry, mayGoOn })
    if (isRetry || failed > 0) await this.problems.report()
    return isDone
  }
}
