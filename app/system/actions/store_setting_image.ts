import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { imageSize } from 'image-size'
import drive from '@adonisjs/drive/services/main'
import { ok, refuse } from '#core/result'
import { SETTING_IMAGES, settingImageType } from '#system/settings/setting_image'

export const SETTING_IMAGE_LIMITS = { bytes: 512 * 1024, side: 2048 } as const

/**
 * Keeps an uploaded image for a setting and answers its path, which is the setting's value. Raster images only: an
 * SVG could carry scripts. Refuses with `setting_image_too_large`, `setting_image_unreadable` or
 * `setting_image_sides`.
 */
export class StoreSettingImage {
  async handle({ file }: { file: string }) {
    const { size } = await stat(file)
    if (size > SETTING_IMAGE_LIMITS.bytes) {
      return refuse('setting_image_too_large', { kilobytes: SETTING_IMAGE_LIMITS.bytes / 1024 })
    }
    const bytes = await readFile(file)
    const image = measure(bytes)
    const path = `${SETTING_IMAGES}/${createHash('sha256').update(bytes).digest('hex').slice(0, 40)}.${image?.type}`
    const contentType = settingImageType(path)
    if (!image || !contentType) return refuse('setting_image_unreadable')
    if (Math.max(image.width, image.height) > SETTING_IMAGE_LIMITS.side) {
      return refuse('setting_image_sides', { limit: SETTING_IMAGE_LIMITS.side })
    }
    await drive.use().put(path, bytes, { contentType })
    return ok(path)
  }
}

function measure(bytes: Uint8Array) {
  try {
    return imageSize(bytes)
  } catch {
    return null
  }
}
