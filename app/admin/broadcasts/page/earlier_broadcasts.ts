import db from '@adonisjs/lucid/services/db'

export interface EarlierBroadcast {
  id: number
  reference: string
  title: string
  started_at: number
}

const SHOWN = 20

/** Broadcasts that an audience can be compared with, the latest first. */
export const earlierBroadcasts = (): Promise<EarlierBroadcast[]> =>
  db
    .from('broadcasts')
    .whereNull('test_of')
    .whereNotNull('started_at')
    .orderBy('started_at', 'desc')
    .limit(SHOWN)
    .select('id', 'reference', 'title', 'started_at')
