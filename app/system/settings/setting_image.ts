/** Images of settings lie in this folder of the uploads; the name is the hash of the content. */
export const SETTING_IMAGES = 'brand'

const PATH = /^brand\/[0-9a-f]{40}\.(png|jpg|webp)$/
const TYPES: Record<string, string> = { png: 'image/png', jpg: 'image/jpeg', webp: 'image/webp' }

/** The content type of a stored image by its path; null for anything that is not the path of one. */
export const settingImageType = (path: string): string | null => TYPES[path.match(PATH)?.[1] ?? ''] ?? null
