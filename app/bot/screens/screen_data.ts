import { defineCallback } from '#bot/callback_data/define_callback'

/** Data of the buttons that lead from screen to screen; the features that own the screens handle them. */
export const menuData = defineCallback('menu')
export const helpData = defineCallback('help')
export const settingsData = defineCallback('settings')
export const statisticsData = defineCallback('statistics')
