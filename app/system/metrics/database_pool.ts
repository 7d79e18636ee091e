import db from '@adonisjs/lucid/services/db'

/** Connections of the pool in use, idle, and callers that wait for one. */
export function poolUse() {
  const pool = db.connection().getReadClient().client.pool
  return {
    connections_used: pool?.numUsed() ?? 0,
    connections_free: pool?.numFree() ?? 0,
    connections_awaited: pool?.numPendingAcquires() ?? 0,
  }
}
