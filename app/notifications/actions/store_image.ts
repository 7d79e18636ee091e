import { createHash, randomBytes } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { inject } from '@adonisjs/core'
import drive from '@adonisjs/drive/services/main'
import { Clock } from '#core/clock'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { ok, refuse } from '#core/result'
import MediaFile from '#notifications/models/media_file'
import { IMAGE_LIMITS, readImage, type ReadImage } from '#notifications/media/read_image'

export interface StoreImageInput {
  /** Where the upload lies now. */
  file: string
  /** As the admin's machine calls it; kept, cleaned, so that people know it again. */
  name: string
  actor: Actor
}

/**
 * Keeps an image that broadcasts and markets may name by its key. The same bytes again are the same image, which Telegram then
 * knows already. Refuses with `image_too_large`, `not_an_image`, `image_sides` or `image_ratio`.
 */
@inject()
export class StoreImage {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  async handle({ file, name, actor }: StoreImageInput) {
    const { size } = await stat(file)
    if (size > IMAGE_LIMITS.bytes) return refuse('image_too_large', { size, limit: IMAGE_LIMITS.bytes })
    const bytes = await readFile(file)
    const image = readImage(bytes)
    if (!image.ok) return image

    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const known = await MediaFile.findBy('sha256', sha256)
    return ok(known ?? (await this.#store(bytes, sha256, image.value, name, actor)))
  }

  async #store(bytes: Buffer, sha256: string, image: ReadImage, name: string, actor: Actor) {
    const key = randomBytes(20).toString('hex')
    const path = `images/${key}/${fileName(name, image.extension)}`
    await drive.use().put(path, bytes, { contentType: image.mime })
    const { mime, width, height } = image
    const columns = { key, path, sha256, mime, size: bytes.length, width, height, createdAt: this.clock.now() }
    return transaction(async (trx) => {
      const file = await MediaFile.create({ ...columns, uploadedBy: actor.id }, { client: trx })
      await this.audit.record(trx, {
        actor,
        action: 'image.uploaded',
        subjectType: 'media_file',
        subjectId: file.id,
        after: { path, mime, size: bytes.length, width, height },
      })
      return file
    })
  }
}

/** Plain letters, digits, dots and dashes, with the ending that the bytes call for. */
function fileName(name: string, extension: string) {
  const stem = name
    .replace(/\.[^.]*$/, '')
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
  return `${stem || 'image'}.${extension}`
}
