/** An instant as programs read it, in UTC; null stays. */
export const isoOf = (at: number | null) => (at === null ? null : new Date(at).toISOString())
