import type { IncomingMessage } from 'node:http'
import { isObject, Params, type UploadedFile } from '#sandbox/api/params'
import { ApiError, badRequest } from '#sandbox/errors'

/** A document of 50 MB and its envelope. */
const MAX_BODY_BYTES = 52 * 1024 * 1024

/** Parameters from the query string and from a JSON, urlencoded or multipart body; the body wins. */
export async function readParams(request: IncomingMessage, query: URLSearchParams): Promise<Params> {
  const body = await readBody(request)
  const fromBody = await parseBody(body, request.headers['content-type'] ?? '')
  return new Params({ ...Object.fromEntries(query), ...fromBody.values }, fromBody.files)
}

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) throw new ApiError(413, 'Request Entity Too Large')
    chunks.push(chunk)
  }
  return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)
}

export async function parseBody(body: Buffer, contentType: string): Promise<Params> {
  if (body.length === 0) return new Params({})
  if (/^application\/json\b/i.test(contentType)) return new Params(jsonObject(body))
  if (/^multipart\/form-data\b/i.test(contentType)) return multipart(body, contentType)
  return new Params(Object.fromEntries(new URLSearchParams(body.toString())))
}

function jsonObject(body: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString())
    if (isObject(value)) return value
  } catch {
    // told below, as for any other JSON that is not an object
  }
  throw badRequest("can't parse JSON object")
}

async function multipart(body: Buffer, contentType: string): Promise<Params> {
  const values: Record<string, string> = {}
  const files = new Map<string, UploadedFile>()
  for (const [name, part] of await formData(body, contentType)) {
    if (typeof part === 'string') values[name] = part
    else {
      const data = Buffer.from(await part.arrayBuffer())
      files.set(name, { name: part.name, mimeType: part.type || 'application/octet-stream', data })
    }
  }
  return new Params(values, files)
}

async function formData(body: Buffer, contentType: string): Promise<FormData> {
  try {
    return await new Response(new Uint8Array(body), { headers: { 'Content-Type': contentType } }).formData()
  } catch {
    throw badRequest("can't parse multipart form data")
  }
}
