/**
 * Takes secrets out of text that is about to be kept or shown: log lines, errors, job rows. What is known to be
 * secret (`protect`) goes as it stands; the rest is found by its shape.
 */
const CENSOR = '[redacted]'
const SHORTEST_SECRET = 8

const SHAPES: Array<[RegExp, string]> = [
  [/\b\d{5,}:[A-Za-z0-9_-]{20,}/g, CENSOR],
  [/(\/bot)\d+:[^/\s"'\\]+/g, `$1${CENSOR}`],
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:@/"'\\]*:)[^\s@/"'\\]+(@)/gi, `$1${CENSOR}$2`],
  [/\b(kontora_[0-9A-Z]{8}_)[A-Za-z0-9_-]{43}/g, `$1${CENSOR}`],
  [/\bwhsec_[A-Za-z0-9+/=]{20,}/g, CENSOR],
  [/(\b(?:Bearer|Basic)\s+)[A-Za-z0-9._~+/=-]{8,}/g, `$1${CENSOR}`],
]

const secrets = new Set<string>()

/** Registers values that must never be shown; short ones are left out, since they would censor innocent text. */
export function protect(...values: Array<string | undefined>) {
  for (const value of values) if (value && value.length >= SHORTEST_SECRET) secrets.add(value)
}

export function redact(text: string): string {
  let clean = text
  for (const secret of secrets) clean = clean.replaceAll(secret, CENSOR)
  for (const [shape, replacement] of SHAPES) clean = clean.replace(shape, replacement)
  return clean
}

/** The same error with its message, stack and causes clean; other values as they are. */
export function redactError<T>(error: T): T {
  if (!(error instanceof Error)) return typeof error === 'string' ? (redact(error) as T) : error
  if (redact(error.message) !== error.message) error.message = redact(error.message)
  if (error.stack) error.stack = redact(error.stack)
  if (error.cause) error.cause = redactError(error.cause)
  return error
}
