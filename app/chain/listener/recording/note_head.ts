import { inject } from '@adonisjs/core'
import type ChainCursor from '#chain/models/chain_cursor'
import { Clock } from '#core/clock'
import db from '@adonisjs/lucid/services/db'

/** While nothing happens, the row says so every few seconds. */
const EVERY_MS = 5_000

/** Writes that the chain was asked, and how far it had come. */
@inject()
export class NoteHead {
  constructor(private clock: Clock) {}

  /** `before` is the row as it was before this time round. */
  async run(before: ChainCursor, head: number) {
    const now = this.clock.now()
    if (before.head === head && now - before.updatedAt < EVERY_MS) return
    await db.from('chain_cursors').where('id', before.id).update({ head, updated_at: now })
  }
}
