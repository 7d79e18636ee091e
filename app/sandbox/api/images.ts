import { imageSize } from 'image-size'
import { badRequest } from '#sandbox/errors'

export const MAX_PHOTO_BYTES = 10 * 1024 * 1024
const MAX_SIDES_SUM = 10_000
const MAX_RATIO = 20

const PHOTO_TYPES: Record<string, { mimeType: string; extension: string }> = {
  jpg: { mimeType: 'image/jpeg', extension: '.jpg' },
  png: { mimeType: 'image/png', extension: '.png' },
  webp: { mimeType: 'image/webp', extension: '.webp' },
  gif: { mimeType: 'image/gif', extension: '.gif' },
  bmp: { mimeType: 'image/bmp', extension: '.bmp' },
}

export interface PhotoShape {
  width: number
  height: number
  mimeType: string
  extension: string
}

/** Width, height and type of what is to become a photo, or Telegram's refusal. */
export function photoShape(data: Buffer): PhotoShape {
  if (data.length > MAX_PHOTO_BYTES) {
    throw badRequest(
      `file of size ${data.length} bytes is too big for a photo; the maximum size is ${MAX_PHOTO_BYTES} bytes`
    )
  }
  const size = readSize(data)
  const type = PHOTO_TYPES[size?.type ?? '']
  if (!size || !type || !size.width || !size.height) throw badRequest('IMAGE_PROCESS_FAILED')
  const { width, height } = size
  if (width + height > MAX_SIDES_SUM || Math.max(width, height) > MAX_RATIO * Math.min(width, height)) {
    throw badRequest('PHOTO_INVALID_DIMENSIONS')
  }
  return { width, height, ...type }
}

function readSize(data: Buffer): { width: number; height: number; type?: string } | undefined {
  try {
    return imageSize(data)
  } catch {
    return undefined
  }
}

/** Longest sides of the sizes Telegram makes of a photo, smallest first. */
const SIDES = [90, 320, 800, 1280]

/** The sizes a photo is offered in; the last one is the photo itself. */
export function photoSides(width: number, height: number): { width: number; height: number }[] {
  const longest = Math.max(width, height)
  const smaller = SIDES.filter((side) => side < longest).map((side) => ({
    width: Math.max(1, Math.round((width * side) / longest)),
    height: Math.max(1, Math.round((height * side) / longest)),
  }))
  return [...smaller, { width, height }]
}
