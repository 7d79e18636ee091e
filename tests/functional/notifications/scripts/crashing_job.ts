import { Job } from '@adonisjs/queue'
import db from '@adonisjs/lucid/services/db'

/** Takes its process with it, twice. */
export default class CrashingJob extends Job<{ text: string }> {
  static options = { name: 'tests.crash' }

  async execute() {
    await db.table('settings').insert({ key: `run ${process.pid}`, value: '1', version: 0, updated_at: 0 })
    const runs = await db.from('settings').whereLike('key', 'run %')
    if (runs.length > 2) return
    process.kill(process.pid, 'SIGKILL')
    await new Promise(() => {})
  }
}
