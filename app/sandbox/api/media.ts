import { extname } from 'node:path'
import { photoShape, photoSides } from '#sandbox/api/images'
import type { Params, UploadedFile } from '#sandbox/api/params'
import { badRequest } from '#sandbox/errors'
import type { FileKind, StoredFile } from '#sandbox/state/files'
import type { Document, PhotoSize } from '#sandbox/state/types'
import type { World } from '#sandbox/world'

const MAX_DOCUMENT_BYTES = 50 * 1024 * 1024

/** The photo a call brings: an upload, a `file_id`, or an address on this machine. */
export async function inputPhoto(
  world: World,
  params: Params,
  value: string,
  fallbackField: string
): Promise<PhotoSize[]> {
  const input = await inputFile(world, params, 'photo', value, fallbackField)
  if (!input) throw badRequest('There is no photo in the request')
  return photoSizes('fileId' in input ? input : addPhoto(world, input))
}

export async function inputDocument(
  world: World,
  params: Params,
  value: string,
  fallbackField: string
): Promise<Document> {
  const input = await inputFile(world, params, 'document', value, fallbackField)
  if (!input) throw badRequest('There is no document in the request')
  return documentOf('fileId' in input ? input : addDocument(world, input))
}

export function addPhoto(world: World, { data, name }: UploadedFile): StoredFile {
  if (data.length === 0) throw badRequest('file must be non-empty')
  const { width, height, mimeType, extension } = photoShape(data)
  return world.files.add('photo', { data, width, height, mimeType, name: extname(name) ? name : `photo${extension}` })
}

export function addDocument(world: World, file: UploadedFile): StoredFile {
  if (file.data.length === 0) throw badRequest('file must be non-empty')
  if (file.data.length > MAX_DOCUMENT_BYTES) throw badRequest('file is too big')
  return world.files.add('document', file)
}

/** Every size has an id of its own, from which the photo's bytes come back. */
export function photoSizes(file: StoredFile): PhotoSize[] {
  const sides = photoSides(file.width ?? 1, file.height ?? 1)
  return sides.map((side, index) => {
    const isOriginal = index === sides.length - 1
    const share = (side.width * side.height) / ((file.width ?? 1) * (file.height ?? 1))
    return {
      file_id: isOriginal ? file.fileId : `${file.fileId}~${index}`,
      file_unique_id: isOriginal ? file.uniqueId : `${file.uniqueId}${index}`,
      file_size: isOriginal ? file.data.length : Math.ceil(file.data.length * share),
      ...side,
    }
  })
}

export function documentOf(file: StoredFile): Document {
  return {
    file_name: file.name,
    mime_type: file.mimeType,
    file_id: file.fileId,
    file_unique_id: file.uniqueId,
    file_size: file.data.length,
  }
}

export function storedFile(world: World, fileId: string): StoredFile | undefined {
  return world.files.find(fileId.replace(/~\d$/, ''))
}

async function inputFile(
  world: World,
  params: Params,
  kind: FileKind,
  value: string,
  fallbackField: string
): Promise<UploadedFile | StoredFile | undefined> {
  if (!value) return params.files.get(fallbackField)
  if (value.startsWith('attach://')) return params.files.get(value.slice('attach://'.length))
  if (/^https?:\/\//i.test(value)) return fetchLocally(value)

  const stored = storedFile(world, value)
  if (!stored) throw badRequest('Wrong file identifier/HTTP URL specified')
  if (stored.kind !== kind) {
    throw badRequest(`can't use file of type ${title(stored.kind)} as ${title(kind)}`)
  }
  return stored
}

/** Files by URL come from this machine only: the sandbox never reaches out. */
async function fetchLocally(address: string): Promise<UploadedFile> {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (!url) throw badRequest('Wrong file identifier/HTTP URL specified')
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)) throw badRequest('Failed to get HTTP URL content')
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000) })
    if (!response.ok) throw badRequest('Failed to get HTTP URL content')
    return {
      name: url.pathname.split('/').at(-1) || 'file',
      mimeType: response.headers.get('content-type') ?? 'application/octet-stream',
      data: Buffer.from(await response.arrayBuffer()),
    }
  } catch {
    throw badRequest('Failed to get HTTP URL content')
  }
}

function title(kind: FileKind): string {
  return kind[0].toUpperCase() + kind.slice(1)
}
