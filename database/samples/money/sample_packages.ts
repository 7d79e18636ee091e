import db from '@adonisjs/lucid/services/db'
import { transaction } from '#core/database/transaction'
import { Money } from '#core/money/money'
import type { CreatePackage } from '#stars/actions/create_package'
import { SAMPLE_ACTOR } from '#database/samples/money/sample_shop'

const DAY = 24 * 60 * 60 * 1000
const NANO = 1_000_000_000n

/** The packages that a shop begins with: what they cost now, and cost before. */
const PACKAGES = [
  { stars: 100, bonus: 10, price: 95, formerly: 98 },
  { stars: 250, bonus: 25, price: 225, formerly: 235 },
  { stars: 500, bonus: 50, price: 425, formerly: 445 },
  { stars: 1000, bonus: 100, price: 800, formerly: 850 },
]

export const ton = (whole: number) => Money.of(BigInt(whole) * NANO, 'TON')

/** The shop's packages as if they had been sold for weeks; made where there are none. Answers their ids. */
export async function samplePackages(createPackage: CreatePackage, now: number): Promise<number[]> {
  if (!(await db.from('star_packages').select('id').first())) {
    const always = { isActive: true, availableFrom: null, availableUntil: null, actor: SAMPLE_ACTOR }
    for (const { stars, bonus, price } of PACKAGES) {
      await createPackage.handle({ stars, bonus, prices: { TON: ton(price) }, ...always })
    }
  }
  return transaction(async (trx) => {
    const before = now - 60 * DAY
    const packages = await trx.from('star_packages').whereNull('archived_at').orderBy('position').select('id', 'stars')
    for (const { id, stars } of packages) {
      const { formerly } = PACKAGES.find((sample) => sample.stars === stars) ?? { formerly: stars }
      const line = { package_id: id, currency: 'TON', price: Number(ton(formerly).minor) }
      await trx.table('star_package_prices').insert({ ...line, valid_from: before, created_at: before })
      await trx.from('star_packages').where('id', id).update({ created_at: before })
    }
    return packages.map(({ id }) => id)
  })
}
