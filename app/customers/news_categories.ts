/** Kinds of broadcasts that a customer can opt out of, one by one. Messages about payments and orders are no news. */
export const NEWS_CATEGORIES = ['announcements', 'offers', 'events'] as const
export type NewsCategory = (typeof NEWS_CATEGORIES)[number]

export const isNewsCategory = (value: unknown): value is NewsCategory => NEWS_CATEGORIES.includes(value as NewsCategory)
