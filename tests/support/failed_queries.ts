import db from '@adonisjs/lucid/services/db'

/** Codes of the queries that fail while `work` runs: a deadlock is repeated, and nobody would know of it. */
export async function failedQueries(work: () => Promise<unknown>): Promise<string[]> {
  const codes: string[] = []
  const client = db.connection().getWriteClient()
  const note = (error: { code?: string; message: string }) => codes.push(error.code ?? error.message)
  client.on('query-error', note)
  try {
    await work()
  } finally {
    client.removeListener('query-error', note)
  }
  return codes
}
