import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('referral_rewards', (table) => {
      table.bigIncrements('id')
      table.bigInteger('referrer_id').notNullable().references('id').inTable('customers')
      /** An invited customer earns their referrer one reward. */
      table.bigInteger('invited_id').notNullable().unique().references('id').inTable('customers')
      table.string('cause_type', 30).notNullable()
      table.bigInteger('cause_id').notNullable()
      table.string('currency', 8).notNullable()
      table.bigInteger('reward').notNullable()
      table.string('status', 10).notNullable()
      table.bigInteger('transfer_id').nullable()
      table.bigInteger('decided_by').nullable()
      table.bigInteger('created_at').notNullable()
      table.bigInteger('decided_at').nullable()
      table.index(['referrer_id', 'created_at'])
      table.index(['status', 'id'])
    })
  }

  async down() {
    this.schema.dropTable('referral_rewards')
  }
}
