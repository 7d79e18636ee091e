import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Settings } from '#core/contracts/settings'
import { formatMoney } from '#core/money/format_money'
import { parseMoney } from '#core/money/parse_money'
import { newReference } from '#core/reference'
import Customer from '#customers/models/customer'
import { AdjustBalance } from '#ledger/actions/adjust_balance'
import { CustomerBalancesQuery } from '#ledger/queries/customer_balances_query'
import { approvalLimits } from '#ledger/settings'
import { permission } from '#admin/abilities/permissions'
import { CURRENCY_NAMES } from '#admin/ledger/lists/accounts_list'
import { adjustmentValidator } from '#admin/ledger/validators/ledger_validators'
import { findCustomerId } from '#admin/shared/find_customer'
import { flashFieldRefusal } from '#admin/shared/flash_result'
import { parseIdentifier } from '#admin/shared/list_filters'
import { panelText, refusalText } from '#admin/shared/words'

/** Adds money to a customer's balance, or takes it away, for a reason. */
@inject()
export default class AdjustmentsController {
  constructor(
    private settings: Settings,
    private balances: CustomerBalancesQuery,
    private adjustBalance: AdjustBalance
  ) {}

  async create({ bouncer, request, view }: HttpContext) {
    await bouncer.authorize(permission, 'ledger.adjust')
    const id = parseIdentifier(String(request.input('customer', '')))
    const customer = id === undefined ? null : await Customer.findOrFail(id)
    const limits = await approvalLimits(this.settings)
    return view.render('admin/ledger/adjustments/create', {
      ...{ customer, reference: newReference(), currencies: CURRENCY_NAMES },
      handle: customer ? String(customer.telegramId) : '',
      balances: customer ? await this.balances.run(customer.id) : [],
      limits: limits.map((limit) => formatMoney(limit)).join(', '),
    })
  }

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize(permission, 'ledger.adjust')
    const { customer, direction, currency, amount, ...input } = await ctx.request.validateUsing(adjustmentValidator)
    const customerId = await findCustomerId(customer)
    if (customerId === null) return this.#again(ctx, 'customer', panelText('ledger.adjustment.unknown_customer'))
    const parsed = parseMoney(amount, currency)
    if (!parsed.ok) return this.#again(ctx, 'amount', refusalText(parsed.refusal))

    const change = direction === 'add' ? parsed.value : parsed.value.negate()
    const result = await this.adjustBalance.handle({ ...input, customerId, change, actor: ctx.actor })
    if (!result.ok) return this.#again(ctx, fieldOf(result.refusal.code), refusalText(result.refusal))

    const isWaiting = result.value.status === 'awaiting_approval'
    ctx.session.flash(isWaiting ? 'info' : 'success', panelText(`ledger.adjustment.${isWaiting ? 'awaiting' : 'done'}`))
    return ctx.response.redirect().toPath(`/admin/customers/${customerId}`)
  }

  #again(ctx: HttpContext, field: string, text: string) {
    flashFieldRefusal(ctx, field, text)
    return ctx.response.redirect().back()
  }
}

const fieldOf = (code: string) =>
  code === 'granted_pred_only' ? 'account' : code.startsWith('reason') ? 'reason' : 'amount'
