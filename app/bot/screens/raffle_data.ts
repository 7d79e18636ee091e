import { defineCallback } from '#bot/callback_data/define_callback'
import { id, minor, reference } from '#bot/callback_data/fields'

export const raffleData = defineCallback('raffle')
/**
 * `key` is the update that showed the button: however often it is pressed there, it makes one entry, for the `fee` that
 * stands on it.
 */
export const enterRaffleData = defineCallback('raffle_enter', { key: id, fee: minor })

export const raffleEntriesData = defineCallback('raffle_entries')
export const raffleEntriesPageData = defineCallback('raffle_entries_page', { page: id })
export const raffleEntryData = defineCallback('raffle_entry', { entry: reference })

export const raffleWinnersData = defineCallback('raffle_winners')
export const raffleWinnersPageData = defineCallback('raffle_winners_page', { page: id })
