/** What Telegram admits for `callback_data`, in bytes. */
const MAX_BYTES = 64

/** Buttons of older versions stay in people's chats for years: raise it when the meaning of packed data changes. */
const VERSION = 1

const PATTERN = /^(\d{1,3})(n?):([a-z_]{1,30})((?::[^:]*)*)$/

/** A button under a screen replaces that screen; one under a notice leaves the notice and opens a screen below it. */
export type Origin = 'screen' | 'notice'

export interface PackedCallback {
  origin: Origin
  action: string
  args: string[]
}

export function packCallback({ origin, action, args }: PackedCallback): string {
  const data = [`${VERSION}${origin === 'notice' ? 'n' : ''}`, action, ...args].join(':')
  if (!PATTERN.test(data) || args.some((arg) => arg.includes(':'))) {
    throw new RangeError(`Callback data "${data}" could not be read back`)
  }
  if (Buffer.byteLength(data) > MAX_BYTES) throw new RangeError(`Callback data "${data}" exceeds ${MAX_BYTES} bytes`)
  return data
}

/** Null for whatever we did not pack, or packed in another version. */
export function unpackCallback(data: string): PackedCallback | null {
  const match = PATTERN.exec(data)
  if (!match || Number(match[1]) !== VERSION) return null
  const [, , notice, action, args] = match
  return { origin: notice ? 'notice' : 'screen', action, args: args ? args.slice(1).split(':') : [] }
}
