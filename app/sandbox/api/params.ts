import { badRequest } from '#sandbox/errors'

export interface UploadedFile {
  name: string
  mimeType: string
  data: Buffer
}

const TRUE_WORDS = new Set(['true', 'yes', '1'])

/**
 * Parameters of one call. JSON bodies carry real types and form bodies only strings; Telegram takes either, so every
 * reader here does.
 */
export class Params {
  constructor(
    readonly values: Readonly<Record<string, unknown>>,
    readonly files: ReadonlyMap<string, UploadedFile> = new Map()
  ) {}

  has(name: string): boolean {
    return this.text(name) !== ''
  }

  /** The value as a string; '' when it is missing. */
  text(name: string): string {
    const value = this.values[name]
    if (value === undefined || value === null) return ''
    if (typeof value === 'string') return value
    return typeof value === 'object' ? JSON.stringify(value) : String(value)
  }

  required(name: string): string {
    const value = this.text(name)
    if (!value) throw badRequest(`Parameter "${name}" is required`)
    return value
  }

  flag(name: string): boolean {
    return TRUE_WORDS.has(this.text(name).toLowerCase())
  }

  /** What is not a number counts as 0, as at Telegram. */
  integer(name: string, fallback = 0, min = -Infinity, max = Infinity): number {
    const text = this.text(name)
    const number = text === '' ? fallback : Number.parseInt(text, 10) || 0
    return Math.min(Math.max(number, min), max)
  }

  /** A JSON value given as such or as a string; undefined when it is missing. */
  json(name: string, onBroken: string): unknown {
    const value = this.values[name]
    if (value === undefined || value === null || value === '') return undefined
    if (typeof value !== 'string') return value
    try {
      return JSON.parse(value)
    } catch {
      throw badRequest(onBroken)
    }
  }

  messageId(name = 'message_id'): number {
    return Math.max(0, this.integer(name))
  }

  /** Telegram's list of 1-100 message ids. */
  messageIds(name = 'message_ids', max = 100): number[] {
    const list = this.json(name, `Can't parse ${name} JSON object`)
    if (list === undefined) throw badRequest('Message identifiers are not specified')
    if (!Array.isArray(list)) throw badRequest('Expected an Array of message identifiers')
    if (list.length > max) throw badRequest('Too many message identifiers specified')
    if (list.length === 0) throw badRequest('Message identifiers are not specified')
    return list.map((item) => {
      if (typeof item !== 'number' && typeof item !== 'string') throw badRequest('Message identifier must be a Number')
      if (!/^-?\d+$/.test(String(item))) throw badRequest("Can't parse message identifier as a Number")
      if (Number(item) <= 0) throw badRequest('Invalid message identifier specified')
      return Number(item)
    })
  }

  /** The same files with other values, for the parts of a nested object. */
  with(values: Record<string, unknown>): Params {
    return new Params(values, this.files)
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
