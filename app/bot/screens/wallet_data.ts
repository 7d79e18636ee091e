import { defineCallback } from '#bot/callback_data/define_callback'
import { id, reference } from '#bot/callback_data/fields'

export const walletData = defineCallback('wallet')
export const depositData = defineCallback('wallet_deposit')

export const withdrawData = defineCallback('withdraw')
export const withdrawAllData = defineCallback('withdraw_all')
/** `key` is the update that showed what is to be confirmed; both confirmations name it. */
export const withdrawCheckData = defineCallback('withdraw_check', { key: id })
export const withdrawSendData = defineCallback('withdraw_send', { key: id })

export const withdrawalData = defineCallback('withdrawal', { withdrawal: reference })
export const cancelWithdrawalData = defineCallback('cancel_withdrawal', { withdrawal: reference })
