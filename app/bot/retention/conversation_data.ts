import type { PersonalDataHolder } from '#core/contracts/personal_data'

/** What somebody wrote to the bot and what it still has to say to them. An update still to be processed stays: it may be a payment. */
export const conversationData: PersonalDataHolder = {
  async erase(trx, { telegramId }) {
    await trx.from('bot_invoice_messages').where('chat_id', telegramId).delete()
    await trx.from('bot_sessions').where('chat_id', telegramId).delete()
    await trx.from('bot_answers').where('chat_id', telegramId).delete()
    await trx.from('bot_updates').where('chat_id', telegramId).whereNotNull('finished_at').delete()
  },
}
