import type { Pacer } from '#notifications/pace/pacer'
import type { Lane } from '#notifications/pace/slots'
import type { Photo, Photos } from '#notifications/sender/photos'
import type { PreparedRow } from '#notifications/sender/prepared_row'

/** Deletions have no lane of the pace. */
export type LaneName = Lane | 'unpaced'

export interface AttemptedRow extends PreparedRow {
  lane: LaneName
  attemptedAt: number
  source: Exclude<Photo, { kind: 'busy' }> | null
}

/** As long as more than so many rows of a batch are left, the next batch is not fetched: 1 of 4, 37 of 150. */
export const lowWater = (batch: number) => Math.floor(batch / 4)

/** Rows of one lane on their way: prepared, then journalled as attempted, then in flight until their outcome is stored. */
export class LaneQueue {
  prepared: PreparedRow[] = []
  attempted: AttemptedRow[] = []
  unresolved = 0
  /** Calls being made. */
  calling = 0
  /** A row waits for one of the connections. */
  isCrowded = false
  /** With no more attempted rows than that, the next ones are wanted. */
  lowWater = 0

  constructor(
    readonly name: LaneName,
    /** Null: calls that take no slot. */
    readonly pacer: Pacer | null
  ) {}

  /** Whose limits hold for it. */
  get pace(): Lane {
    return this.name === 'paid' ? 'paid' : 'free'
  }

  /** Prepared rows that need not wait for another row's upload. */
  ready(photos: Photos) {
    return this.prepared.filter(({ photo }) => !photo || !photos.isBusy(photo))
  }

  /** Keys of the photos that prepared rows are going to ask for. */
  get photos() {
    return this.prepared.flatMap(({ photo }) => photo ?? [])
  }

  remove(rows: PreparedRow[]) {
    const gone = new Set(rows)
    this.prepared = this.prepared.filter((item) => !gone.has(item))
  }

  /** Empties what has not been written; answers it. */
  clear(): PreparedRow[] {
    const rows = [...this.attempted, ...this.prepared]
    this.unresolved -= this.attempted.length
    this.attempted = []
    this.prepared = []
    return rows
  }
}
