import { randomBytes } from 'node:crypto'
import { extname } from 'node:path'

export type FileKind = 'photo' | 'document'

export interface StoredFile {
  fileId: string
  uniqueId: string
  kind: FileKind
  /** as in getFile, for example `photos/file_1.jpg` */
  path: string
  name: string
  mimeType: string
  data: Buffer
  width?: number
  height?: number
}

const ID_PREFIX: Record<FileKind, string> = { photo: 'AgACAgIAAxkB', document: 'BQACAgIAAxkB' }
const UNIQUE_PREFIX: Record<FileKind, string> = { photo: 'AQAD', document: 'AgAD' }

/** Uploaded files, held in memory; `file_id` is what the bot sends again instead of the bytes. */
export class Files {
  #byId = new Map<string, StoredFile>()
  #byPath = new Map<string, StoredFile>()
  #count = 0

  add(kind: FileKind, file: Pick<StoredFile, 'name' | 'mimeType' | 'data' | 'width' | 'height'>): StoredFile {
    const stored: StoredFile = {
      ...file,
      kind,
      fileId: ID_PREFIX[kind] + randomBytes(36).toString('base64url'),
      uniqueId: UNIQUE_PREFIX[kind] + randomBytes(9).toString('base64url'),
      path: `${kind}s/file_${this.#count}${extname(file.name).toLowerCase()}`,
    }
    this.restore(stored)
    return stored
  }

  restore(file: StoredFile): void {
    this.#count = Math.max(this.#count, Number(/file_(\d+)/.exec(file.path)?.[1]) + 1)
    this.#byId.set(file.fileId, file)
    this.#byPath.set(file.path, file)
  }

  find(fileId: string): StoredFile | undefined {
    return this.#byId.get(fileId)
  }

  findByPath(path: string): StoredFile | undefined {
    return this.#byPath.get(path)
  }

  all(): IterableIterator<StoredFile> {
    return this.#byId.values()
  }

  clear(): void {
    this.#byId.clear()
    this.#byPath.clear()
  }
}
