import { inject } from '@adonisjs/core'
import { Chain } from '#chain/chain_config'
import { BackFill } from '#chain/listener/back_fill'
import { Cursor } from '#chain/listener/cursor'
import { HeadFollower } from '#chain/listener/head_follower'
import { LogReader } from '#chain/listener/reading/log_reader'
import { NoteHead } from '#chain/listener/recording/note_head'
import { RecordBlocks } from '#chain/listener/recording/record_blocks'
import { Reorganisation } from '#chain/listener/reorganisation'
import { Settlement } from '#chain/listener/settlement'
import type ChainCursor from '#chain/models/chain_cursor'
import { ChainRpc } from '#chain/rpc/chain_rpc'
import { Clock } from '#core/clock'

/** Work on old blocks gives way to what is due meanwhile after so long. */
const BACK_FILL_MS = 5_000
const SETTLEMENT_MS = 250

/** `busy`: there is more to do at once; `idle`: all that there is has been read; `stopped`: a person must look. */
export type Cycle = 'busy' | 'idle' | 'stopped'

/**
 * Keeps our records in step with the chain. All of its state that matters is in the database: two of them at once
 * disturb each other, but do no harm.
 */
@inject()
export class Listener {
  readonly #backFill: BackFill
  readonly #head: HeadFollower
  /** Times round without settlement. */
  #unsettled = 0

  constructor(
    private readonly chain: Chain,
    private readonly rpc: ChainRpc,
    private readonly logs: LogReader,
    private readonly cursors: Cursor,
    private readonly reorganisation: Reorganisation,
    private readonly settlement: Settlement,
    private readonly note: NoteHead,
    private readonly clock: Clock,
    record: RecordBlocks
  ) {
    this.#backFill = new BackFill(rpc, logs, record)
    this.#head = new HeadFollower(rpc, logs, record)
  }

  /** Once round. @throws ChainUnavailable and other trouble with nodes; nothing is lost by it. */
  async cycle(): Promise<Cycle> {
    const cursor = await this.cursors.open()
    if (cursor.stopped !== null) return 'stopped'
    await this.logs.wallets.refresh()
    const head = await this.rpc.head()
    const isAtHead = await this.#read(cursor, head)
    const isSettled = (isAtHead || this.#isSettlementDue()) && (await this.#settle())
    await this.note.run(cursor, head)
    return isAtHead && isSettled ? 'idle' : 'busy'
  }

  /** New blocks come first; but a long way to the head must not keep what is final from taking effect. */
  #isSettlementDue() {
    return ++this.#unsettled >= 2
  }

  #settle() {
    this.#unsettled = 0
    return this.settlement.run(this.logs, this.#for(SETTLEMENT_MS))
  }

  /** False when the cursor has moved: there may be more. */
  async #read({ blockNumber: at }: ChainCursor, head: number): Promise<boolean> {
    if (await this.reorganisation.hasHappened(at, head)) {
      await this.reorganisation.repair(at, head)
      return false
    }
    const lastThatStays = head - this.chain.required.confirmations
    if (at < lastThatStays) await this.#backFill.run(at + 1, lastThatStays, head, this.#for(BACK_FILL_MS))
    else if (at < head) await this.#head.run(at + 1, head)
    return at >= head
  }

  #for(ms: number) {
    const end = this.clock.now() + ms
    return () => this.clock.now() < end
  }
}
