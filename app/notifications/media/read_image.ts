import { imageSize } from 'image-size'
import { refuse, ok } from '#core/result'

/** What Telegram takes as a photo: width and height together, and one against the other. */
export const IMAGE_LIMITS = { bytes: 10 * 1024 * 1024, sides: 10_000, ratio: 20 } as const

const TYPES = new Map([
  ['jpg', 'image/jpeg'],
  ['png', 'image/png'],
  ['webp', 'image/webp'],
])

export interface ReadImage {
  extension: string
  mime: string
  width: number
  height: number
}

/**
 * What the bytes themselves say; name and declared type of an upload say nothing. Refuses with `image_too_large`,
 * `not_an_image`, `image_sides` or `image_ratio`.
 */
export function readImage(bytes: Uint8Array) {
  if (bytes.length > IMAGE_LIMITS.bytes) {
    return refuse('image_too_large', { size: bytes.length, limit: IMAGE_LIMITS.bytes })
  }
  const image = measure(bytes)
  if (!image) return refuse('not_an_image')
  const { width, height } = image
  if (width + height > IMAGE_LIMITS.sides) return refuse('image_sides', { width, height, limit: IMAGE_LIMITS.sides })
  if (Math.max(width, height) > Math.min(width, height) * IMAGE_LIMITS.ratio) {
    return refuse('image_ratio', { width, height, limit: IMAGE_LIMITS.ratio })
  }
  return ok(image)
}

function measure(bytes: Uint8Array): ReadImage | null {
  try {
    const { width, height, type = '', orientation = 1 } = imageSize(bytes)
    const mime = TYPES.get(type)
    if (!mime || width < 1 || height < 1) return null
    const isTurned = orientation >= 5
    return { extension: type, mime, width: isTurned ? height : width, height: isTurned ? width : height }
  } catch {
    return null
  }
}
