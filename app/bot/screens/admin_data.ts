import { defineCallback } from '#bot/callback_data/define_callback'
import { flag, id } from '#bot/callback_data/fields'

export const adminData = defineCallback('admin')
export const figuresData = defineCallback('figures')
export const alertsData = defineCallback('alerts', { on: flag })
export const debugData = defineCallback('debug')
export const composeData = defineCallback('compose')
export const sendBroadcastData = defineCallback('send_broadcast', { broadcast: id, revision: id })
