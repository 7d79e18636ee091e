import ProcessRow from '#system/processes/process_row'
import { SILENCE_MS } from '#system/processes/liveness'

/** Processes that have spoken lately. */
export class LiveProcessesQuery {
  async count(role: string, now: number) {
    const rows = await ProcessRow.query().where('last_seen_at', '>', now - SILENCE_MS)
    return rows.filter(({ roles }) => roles.includes(role)).length
  }

  /** All that are known of, the silent ones too; newest first. */
  all() {
    return ProcessRow.query().orderBy('started_at', 'desc').orderBy('id')
  }
}
