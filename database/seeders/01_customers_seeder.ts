import { BaseSeeder } from '@adonisjs/lucid/seeders'
import app from '@adonisjs/core/services/app'
import { Clock } from '#core/clock'
import { transaction } from '#core/database/transaction'
import { isPostgres } from '#core/database/dialect'
import { sampleCustomers } from '#database/samples/customers'

const COUNT = 5000
const BATCH = 500

/** 5 000 sample customers, into a database that has none. */
export default class extends BaseSeeder {
  static environment = ['development', 'test']

  async run() {
    const clock = await app.container.make(Clock)
    const { customers, optOuts } = sampleCustomers(COUNT, clock.now())
    await transaction(async (trx) => {
      if (await trx.from('customers').select('id').first()) return
      for (let from = 0; from < customers.length; from += BATCH) {
        await trx.table('customers').multiInsert(customers.slice(from, from + BATCH))
      }
      await trx.table('customer_opt_outs').multiInsert(optOuts)
      if (isPostgres()) await trx.rawQuery(`SELECT setval(pg_get_serial_sequence('customers', 'id'), ${COUNT})`)
    })
  }
}
