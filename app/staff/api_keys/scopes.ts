/** What a program may do with its key. */
export const API_SCOPES = ['raffle.read', 'raffle.enter', 'wallet', 'raffle.draw'] as const
export type ApiScope = (typeof API_SCOPES)[number]
