const KEY = 'kontora.recent-emoji'
const LIMIT = 24

/** Storage may be switched off: then nothing is remembered. */
export function recentEmoji(): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(stored) ? stored.filter((emoji) => typeof emoji === 'string').slice(0, LIMIT) : []
  } catch {
    return []
  }
}

export function rememberEmoji(emoji: string) {
  try {
    const rest = recentEmoji().filter((other) => other !== emoji)
    localStorage.setItem(KEY, JSON.stringify([emoji, ...rest].slice(0, LIMIT)))
  } catch {
    return
  }
}
