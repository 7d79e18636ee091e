import { inject } from '@adonisjs/core'
import drive from '@adonisjs/drive/services/main'
import MediaFile from '#notifications/models/media_file'
import { TelegramGateway, TelegramUpload } from '#core/contracts/telegram_gateway'
import { largestSize } from '#notifications/telegram/largest_size'

/** `busy`: another row is uploading it just now. */
export type Photo = { kind: 'stored'; fileId: string } | { kind: 'upload'; upload: TelegramUpload } | { kind: 'busy' }

/** Uploads each photo once; all other recipients get it by Telegram's `file_id`, which is good for one bot alone. */
@inject()
export class Photos {
  readonly #known = new Map<string, MediaFile>()
  readonly #uploading = new Set<string>()

  constructor(private readonly telegram: TelegramGateway) {}

  /** Reads what is stored about the photos of a claim; answers the keys of which nothing is known. */
  async load(keys: string[]): Promise<string[]> {
    const wanted = [...new Set(keys)].filter((key) => !this.#fileId(key))
    if (wanted.length === 0) return []
    for (const file of await MediaFile.query().whereIn('key', wanted)) this.#known.set(file.key, file)
    return wanted.filter((key) => !this.#known.has(key))
  }

  /** Forgets the oldest files beyond what is kept in memory, but none that is `wanted` or being uploaded. */
  evict(wanted: Iterable<string>) {
    if (this.#known.size <= MEMORY) return
    const kept = new Set(wanted)
    for (const key of this.#known.keys()) {
      if (this.#known.size <= MEMORY) return
      if (!kept.has(key) && !this.#uploading.has(key)) this.#known.delete(key)
    }
  }

  /** Whoever is told to upload must call `uploaded` or `notUploaded`. */
  take(key: string): Photo {
    const fileId = this.#fileId(key)
    if (fileId) return { kind: 'stored', fileId }
    if (this.#uploading.has(key)) return { kind: 'busy' }
    this.#uploading.add(key)
    const { path, mime } = this.#known.get(key)!
    const filename = path.split('/').at(-1)!
    return { kind: 'upload', upload: new TelegramUpload(filename, mime, () => drive.use().getStream(path)) }
  }

  isBusy(key: string) {
    return this.#uploading.has(key)
  }

  /** Keeps the identifier that Telegram's answer gives to the largest size. */
  async uploaded(key: string, answer: unknown) {
    this.#uploading.delete(key)
    const fileId = largestSize(answer)
    const file = this.#known.get(key)
    if (fileId && file) await file.merge({ telegramFileId: fileId, telegramBotId: this.telegram.botId }).save()
  }

  notUploaded(key: string) {
    this.#uploading.delete(key)
  }

  /** Whoever was uploading is gone. */
  startOver() {
    this.#uploading.clear()
  }

  /** Telegram refused the identifier: the next row uploads anew. */
  async forget(key: string) {
    const file = this.#known.get(key) ?? (await MediaFile.findBy('key', key))
    await file?.merge({ telegramFileId: null, telegramBotId: null }).save()
  }

  #fileId(key: string) {
    const file = this.#known.get(key)
    return file && file.telegramBotId === this.telegram.botId ? file.telegramFileId : null
  }
}

/** Media files whose rows are kept in memory. */
const MEMORY = 1000
