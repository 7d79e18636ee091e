/** What an effect's room answered instead of doing it. */
export class EffectRefused extends Error {}

/** In words that fit its column. */
export const problemOf = (error: unknown) => String(error instanceof Error ? error.message : error).slice(0, 300)
