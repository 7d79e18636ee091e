import MediaFile from '#notifications/models/media_file'
import { fileSize } from '#admin/shared/file_size'
import { pathTo } from '#admin/broadcasts/paths'
import { words } from '#admin/broadcasts/words'

/** A stored image, for people. */
export interface MediaFacts {
  url: string
  name: string
  /** `1280 × 720, 184 KB, uploaded once`. */
  facts: string
}

/** What is known of images, by key. */
export async function mediaFacts(keys: string[]): Promise<Map<string, MediaFacts>> {
  if (keys.length === 0) return new Map()
  const files = await MediaFile.query().whereIn('key', keys)
  return new Map(files.map((file) => [file.key, factsOf(file)]))
}

function factsOf({ key, path, size, width, height }: MediaFile): MediaFacts {
  return {
    url: pathTo(`images/${key}`),
    name: path.split('/').at(-1)!,
    facts: words('image.facts', { width: width ?? 0, height: height ?? 0, size: fileSize(size) }),
  }
}
