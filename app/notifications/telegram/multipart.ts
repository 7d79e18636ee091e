import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { TelegramUpload } from '#core/contracts/telegram_gateway'

export interface MultipartBody {
  contentType: string
  stream: Readable
}

/** The file to send could not be read: half of a body went out, which the API never carries out. */
export class UnreadableUpload extends Error {
  constructor(filename: string, cause: unknown) {
    super(`The file ${filename} could not be read to its end`, { cause })
    this.name = 'UnreadableUpload'
  }
}

export const hasUpload = (payload: Record<string, unknown>) =>
  Object.values(payload).some((value) => value instanceof TelegramUpload)

/** Encodes a payload as `multipart/form-data`; files are streamed, objects go as JSON, as the Bot API wants them. */
export function multipart(payload: Record<string, unknown>): MultipartBody {
  const boundary = `kontora-${randomBytes(18).toString('base64url')}`
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    stream: Readable.from(parts(payload, boundary), { objectMode: false }),
  }
}

async function* parts(payload: Record<string, unknown>, boundary: string) {
  for (const [name, value] of Object.entries(payload)) {
    if (value === undefined || value === null) continue
    if (value instanceof TelegramUpload) {
      yield (
        `--${boundary}\r\ncontent-disposition: form-data; name="${name}"; filename="${quoted(value.filename)}"\r\n` +
        `content-type: ${value.contentType}\r\n\r\n`
      )
      yield* content(value)
      yield '\r\n'
    } else {
      yield `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${text(value)}\r\n`
    }
  }
  yield `--${boundary}--\r\n`
}

async function* content(upload: TelegramUpload) {
  try {
    yield* await upload.open()
  } catch (error) {
    throw new UnreadableUpload(upload.filename, error)
  }
}

const text = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value))
const quoted = (filename: string) => filename.replace(/["\r\n\\]/g, '_')
