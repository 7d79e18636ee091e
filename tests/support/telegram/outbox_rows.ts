import db from '@adonisjs/lucid/services/db'

/** An outbox row as another room would have written it: due, transactional, to its own chat. */
export async function insertRow(attributes: Record<string, unknown> = {}): Promise<number> {
  const [row] = await insertRows(1, () => attributes)
  return row
}

export async function insertRows(count: number, attributes: (index: number) => Record<string, unknown> = () => ({})) {
  const rows = Array.from({ length: count }, (_, i) => ({
    type: 'SYSTEM',
    status: 'PENDING',
    operation: 'send',
    priority: 20,
    chat_id: 1000 + i,
    template: 'plain',
    params: JSON.stringify({ text: `message ${i}` }),
    attempts: 0,
    scheduled_at: 0,
    created_at: 0,
    ...attributes(i),
  }))
  const ids: number[] = []
  for (let from = 0; from < count; from += 500) {
    const inserted = await db
      .knexQuery()
      .table('notifications')
      .insert(rows.slice(from, from + 500))
      .returning('id')
    ids.push(...inserted.map(({ id }: { id: number }) => id))
  }
  return ids
}

export const broadcastRow = (broadcastId = 1) => ({
  type: 'BROADCAST',
  priority: 90,
  broadcast_id: broadcastId,
  broadcast_version: 1,
  template: null,
  params: null,
})

export const rowOf = (id: number) => db.from('notifications').where('id', id).firstOrFail()

/** One column of a row. */
export async function valueOf(id: number, column: string) {
  const row = await rowOf(id)
  return row[column]
}

export async function countOf(status: string): Promise<number> {
  const rows = await db.from('notifications').where('status', status).count('* as count')
  return Number(rows[0].count)
}
