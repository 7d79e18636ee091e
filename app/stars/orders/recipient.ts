import { ok, refuse } from '#core/result'

/** Who gets the Stars: the customer, or somebody with a username. */
export type Recipient = { kind: 'self' } | { kind: 'username'; username: string }

const LINK = /^(?:https?:\/\/)?(?:t\.me|telegram\.me)\//i
const USERNAME = /^[a-z](?:_?[a-z0-9]){3,31}$/i
const MAX_LENGTH = 32

/**
 * Reads a username as people write it: `@name`, `name` or `t.me/name`. Telegram's names have 4 to 32 letters, digits
 * and single underscores, and begin with a letter. Refuses with `invalid_username` or `username_of_bot`, since a bot
 * can own no Stars that were bought for it.
 */
export function parseUsername(text: string) {
  const username = text.trim().replace(LINK, '').replace(/^@/, '')
  if (!USERNAME.test(username) || username.length > MAX_LENGTH) return refuse('invalid_username')
  if (/bot$/i.test(username)) return refuse('username_of_bot')
  return ok(username)
}
