import { BaseSeeder } from '@adonisjs/lucid/seeders'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { MarketStory } from '#database/samples/markets/market_story'
import { SampleExchange } from '#database/samples/markets/sample_exchange'
import { SAMPLE_MARKETS } from '#database/samples/markets/sample_markets'
import { SampleRandom } from '#database/samples/random'
import { ToldThen } from '#database/samples/told'

const DAY = 24 * 60 * 60 * 1000
const BETTORS = 60

/** 20 sample markets and four weeks of bets on them, by the product's own actions; once. */
export default class extends BaseSeeder {
  static environment = ['development', 'test']

  async run() {
    const clock = await app.container.make(Clock)
    const now = clock.now()
    const bettors = await bettorsSince(now - 60 * DAY)
    const categories = await db.from('market_categories').select('id', 'slug')
    const isFilled = await db.from('markets').select('id').first()
    if (bettors.length === 0 || categories.length === 0 || isFilled) return

    const bySlug = new Map<string, number>(categories.map(({ id, slug }) => [slug, id]))
    const story = new MarketStory(new SampleExchange(), new SampleRandom(), bettors, bySlug, now)
    const told = new ToldThen(now)
    await told.begin()
    await story.tell(SAMPLE_MARKETS, (at) => told.step(at))
  }
}

/** People who may bet and were there, with their welcome grant, before the story begins. */
async function bettorsSince(before: number): Promise<number[]> {
  const rows = await db
    .from('customers')
    .whereNull('banned_at')
    .whereNull('unreachable_at')
    .where('created_at', '<', before)
    .orderBy('last_active_at', 'desc')
    .orderBy('id')
    .limit(BETTORS)
    .select('id')
  return rows.map(({ id }) => id)
}
