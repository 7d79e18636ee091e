import db from '@adonisjs/lucid/services/db'
import { isPostgres, rowsOf } from '#core/database/dialect'
import { HORIZON_US, LANES, SlotStore, type Reservation, type Slots } from '#notifications/pace/slots'

const DIALECTS = {
  postgres: {
    now: `(extract(epoch FROM clock_timestamp()) * 1000000)::bigint`,
    greatest: 'GREATEST',
    least: 'LEAST',
    integer: (parameter: string) => `${parameter}::bigint`,
  },
  sqlite: {
    now: `CAST(unixepoch('subsec') * 1000000 AS INTEGER)`,
    greatest: 'MAX',
    least: 'MIN',
    integer: (parameter: string) => parameter,
  },
}

interface SlotRow {
  first_us: number
  now_us: number
}

const toSlots = ({ first_us: firstUs, now_us: nowUs }: SlotRow) => ({ firstUs, waitUs: Math.max(0, firstUs - nowUs) })

/** One row a lane; each reservation is one upsert, which the row's lock puts in order. */
export class DatabaseSlots extends SlotStore {
  async reserve({ lane, count, spacingUs, maxWaitUs = HORIZON_US * 100 }: Reservation): Promise<Slots> {
    const { now, greatest, least, integer } = this.#dialect
    const span = Math.round(count * spacingUs)
    const first = `${greatest}(${least}(p.next_slot_us, ${now} + ${HORIZON_US}), ${now}, p.paused_until_us)`
    const result = await db.rawQuery(
      `INSERT INTO telegram_pace AS p (lane, next_slot_us, paused_until_us)
       VALUES (:lane, ${now} + ${integer(':span')}, 0)
       ON CONFLICT (lane) DO UPDATE SET next_slot_us = ${first} + ${integer(':span')}
       WHERE ${first} - ${now} <= ${integer(':maxWaitUs')}
       RETURNING next_slot_us - ${integer(':span')} AS first_us, ${now} AS now_us`,
      { lane, span, maxWaitUs }
    )
    const [row] = rowsOf<SlotRow>(result)
    return row ? { ...toSlots(row), reserved: true } : this.#refused(lane, first)
  }

  async #refused(lane: string, first: string): Promise<Slots> {
    const result = await db.rawQuery(
      `SELECT ${first} AS first_us, ${this.#dialect.now} AS now_us FROM telegram_pace AS p WHERE lane = :lane`,
      { lane }
    )
    return { ...toSlots(rowsOf<SlotRow>(result)[0]), reserved: false }
  }

  async pause(ms: number) {
    const { now, greatest, integer } = this.#dialect
    const until = `${now} + ${integer(':us')}`
    await db.rawQuery(
      `INSERT INTO telegram_pace AS p (lane, next_slot_us, paused_until_us)
       VALUES ${LANES.map((lane) => `('${lane}', ${until}, ${until})`).join(', ')}
       ON CONFLICT (lane) DO UPDATE SET paused_until_us = ${greatest}(p.paused_until_us, excluded.paused_until_us)`,
      { us: Math.round(ms * 1000) }
    )
  }

  get #dialect() {
    return DIALECTS[isPostgres() ? 'postgres' : 'sqlite']
  }
}
