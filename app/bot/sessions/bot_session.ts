/** What somebody has begun and not finished. Values must survive JSON. */
export interface Draft {
  /** Where in the flow it stands; the flow knows its steps. */
  step: string
  data: Record<string, unknown>
  updatedAt: number
}

/** A conversation's memory, in the database. */
export interface BotSession {
  /** The flow that takes the next message, if any. */
  flow: string | null
  /** By flow: drafts of different flows live side by side. */
  drafts: Record<string, Draft>
  /** The album that was answered last. */
  album: string | null
}

export const emptySession = (): BotSession => ({ flow: null, drafts: {}, album: null })

/** Accepts what an older version stored only as far as it has the present shape. */
export function toSession(stored: unknown): BotSession {
  const { flow, drafts, album } = (stored ?? {}) as Partial<BotSession>
  return {
    flow: typeof flow === 'string' ? flow : null,
    album: typeof album === 'string' ? album : null,
    drafts: Object.fromEntries(Object.entries(drafts ?? {}).filter(([, draft]) => isDraft(draft))),
  }
}

function isDraft(value: unknown): value is Draft {
  const { step, data, updatedAt } = (value ?? {}) as Partial<Draft>
  return typeof step === 'string' && typeof data === 'object' && data !== null && typeof updatedAt === 'number'
}
