import { column } from '@adonisjs/lucid/orm'
import { MediaFileSchema } from '#database/schema'

/** A stored upload that messages refer to by key. */
export default class MediaFile extends MediaFileSchema {
  static table = 'media_files'

  /** Lucid's naming would look for `sha_256`. */
  @column({ columnName: 'sha256' })
  declare sha256: string
}
