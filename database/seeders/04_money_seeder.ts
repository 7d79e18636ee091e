import { BaseSeeder } from '@adonisjs/lucid/seeders'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { CreatePackage } from '#stars/actions/create_package'
import { SchedulePrice } from '#stars/actions/schedule_price'
import { samplePackages, ton } from '#database/samples/money/sample_packages'
import { SAMPLE_ACTOR, SampleShop } from '#database/samples/money/sample_shop'
import { SampleStory, type SampleBuyer } from '#database/samples/money/story'
import { SampleRandom } from '#database/samples/random'
import { ToldThen } from '#database/samples/told'

const DAY = 24 * 60 * 60 * 1000
const BUYERS = 40

/** Four weeks of top-ups, orders and payments that did not fit, by the product's own actions; once. */
export default class extends BaseSeeder {
  static environment = ['development', 'test']

  async run() {
    const clock = await app.container.make(Clock)
    const now = clock.now()
    const buyers = await buyersSince(now - 60 * DAY)
    if (buyers.length === 0 || (await db.from('invoices').select('id').first())) return

    const createPackage = await app.container.make(CreatePackage)
    const packages = await samplePackages(createPackage, now)
    const shop = new SampleShop()
    await shop.open()
    const story = new SampleStory(shop, new SampleRandom(), buyers, packages, now)
    const told = new ToldThen(now)
    await told.begin()
    await story.tell((at) => told.step(at))
    await planAhead(createPackage, packages[0], now)
  }
}

/** People who may buy, have a username, and were there before the story begins. */
async function buyersSince(before: number): Promise<SampleBuyer[]> {
  return db
    .from('customers')
    .whereNull('banned_at')
    .whereNull('unreachable_at')
    .whereNotNull('username')
    .where('created_at', '<', before)
    .orderBy('last_active_at', 'desc')
    .orderBy('id')
    .limit(BUYERS)
    .select('id', 'username')
}

/** A price and a package to come. */
async function planAhead(createPackage: CreatePackage, packageId: number, now: number) {
  const schedulePrice = await app.container.make(SchedulePrice)
  const price = { packageId, currency: 'TON' as const, price: ton(90), validFrom: now + 5 * DAY }
  await schedulePrice.handle({ ...price, actor: SAMPLE_ACTOR })
  const fields = { stars: 2500, bonus: 400, isActive: true, availableFrom: now + 7 * DAY, availableUntil: null }
  await createPackage.handle({ ...fields, prices: { TON: ton(1875) }, actor: SAMPLE_ACTOR })
}
