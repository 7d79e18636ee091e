import vine from '@vinejs/vine'
import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { EnterRaffle } from '#raffles/actions/enter_raffle'
import { RaffleEntriesQuery } from '#raffles/queries/raffle_entries_query'
import { ENTRY_STATUSES } from '#raffles/values'
import { entryAnswer } from '#api/integration/answers/entry'
import { listAnswer, pageOf } from '#api/integration/listing'
import { fieldsOf } from '#api/integration/openapi/schemas'
import { refusal } from '#api/integration/problems'
import { findCustomer } from '#api/integration/telegram_id'
import { apiText } from '#api/integration/words'

const filters = vine.create({ status: vine.enum(ENTRY_STATUSES).optional() })

/** Entries into the raffle, made on a customer's behalf and followed. */
@inject()
export default class EntriesController {
  constructor(
    private enter: EnterRaffle,
    private entries: RaffleEntriesQuery
  ) {}

  async index(ctx: HttpContext) {
    const { tg_id: tgId, ...query } = ctx.request.qs()
    const { status } = await filters.validate(query)
    const customer = tgId === undefined ? null : await findCustomer(tgId)
    const page = await this.entries.page({ customerId: customer?.id, status, ...(await pageOf(ctx)) })
    const telegramIds = await this.entries.telegramIds(page.all())
    return listAnswer(ctx, fieldsOf('Entry'), page, (entry) => {
      return entryAnswer(entry, telegramIds.get(entry.customerId) ?? null)
    })
  }

  async show({ params }: HttpContext) {
    const entry = await this.entries.find(params.id)
    if (!entry) throw refusal({ code: 'entry_not_found' })
    const telegramIds = await this.entries.telegramIds([entry])
    return { success: true, ...entryAnswer(entry, telegramIds.get(entry.customerId) ?? null) }
  }

  async store({ actionKey, program, request, response }: HttpContext) {
    const { id: customerId } = await findCustomer(request.body().tg_id)
    const entered = await this.enter.run({ key: actionKey, customerId, source: 'api', actor: program })
    if (!entered.ok) throw refusal(entered.refusal)
    const { reference, txHash } = entered.value
    const message = apiText('messages.entry_accepted', { id: reference })
    return response.accepted({ success: true, tx_hash: txHash, message, entry_id: reference })
  }
}
