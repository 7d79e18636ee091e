import { BaseSchema } from '@adonisjs/lucid/schema'

/** When an invited customer first bet or bought: what a referrer's invitations are counted by. */
export default class extends BaseSchema {
  async up() {
    this.schema.alterTable('customers', (table) => {
      table.bigInteger('converted_at').nullable()
    })
    this.schema.raw(
      `UPDATE customers SET converted_at =
         (SELECT created_at FROM referral_rewards WHERE referral_rewards.invited_id = customers.id)
       WHERE id IN (SELECT invited_id FROM referral_rewards)`
    )
  }

  /** Not by the builder, which makes the whole table anew on SQLite. */
  async down() {
    this.schema.raw('ALTER TABLE customers DROP COLUMN converted_at')
  }
}
