import app from '@adonisjs/core/services/app'
import { ProcessJournal } from '#core/contracts/process_journal'

/** Lives in the given role until the application is told to end. */
export default async function (role: string) {
  const journal = await app.container.make(ProcessJournal)
  await journal.enter(role)
  process.send!({ ready: true })
  await new Promise<void>((resolve) => app.terminating(() => resolve()))
}
