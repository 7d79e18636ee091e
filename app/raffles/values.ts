export const RAFFLE_STATUSES = ['open', 'drawing', 'finished'] as const
export type RaffleStatus = (typeof RAFFLE_STATUSES)[number]

/** `pending`: on its way to the chain; `seen`: in a block; `confirmed`: in one that stays. */
export const ENTRY_STATUSES = ['pending', 'seen', 'confirmed', 'failed'] as const
export type EntryStatus = (typeof ENTRY_STATUSES)[number]

/** Not in the raffle for good yet: a customer has one of them at most. */
export const OPEN_ENTRIES: readonly EntryStatus[] = ['pending', 'seen']

export const ENTRY_SOURCES = ['bot', 'api', 'panel'] as const
export type EntrySource = (typeof ENTRY_SOURCES)[number]

export const PLAYER_STATUSES = ['seen', 'confirmed', 'orphaned'] as const
export type PlayerStatus = (typeof PLAYER_STATUSES)[number]

export const DRAW_CAUSES = ['admin', 'api', 'schedule', 'upkeep'] as const
export type DrawCause = (typeof DRAW_CAUSES)[number]

/** `sending`: on its way to the chain; `requested`: the contract waits for randomness. */
export const DRAW_STATUSES = ['sending', 'requested', 'done', 'failed'] as const
export type DrawStatus = (typeof DRAW_STATUSES)[number]

export const SCHEDULE_STATUSES = ['waiting', 'done', 'skipped', 'cancelled'] as const
export type ScheduleStatus = (typeof SCHEDULE_STATUSES)[number]
