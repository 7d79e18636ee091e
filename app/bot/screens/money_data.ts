import { PROVIDER_NAMES } from '#payments/values'
import { defineCallback } from '#bot/callback_data/define_callback'
import { choice, id, minor } from '#bot/callback_data/fields'

export const balanceData = defineCallback('balance')
export const topUpData = defineCallback('top_up')
export const topUpAmountData = defineCallback('top_up_amount', { amount: minor })
/** `key` is the update that offered the ways to pay: however often a way is pressed there, it makes one invoice. */
export const topUpPayData = defineCallback('top_up_pay', { way: choice(PROVIDER_NAMES), amount: minor, key: id })

export const invoiceData = defineCallback('invoice', { invoice: id })
export const checkInvoiceData = defineCallback('check_invoice', { invoice: id })
export const cancelInvoiceData = defineCallback('cancel_invoice', { invoice: id })
