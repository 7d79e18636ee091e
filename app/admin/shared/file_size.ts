import { formatNumber } from '#admin/shared/format'

/** `184 KB`. */
export function fileSize(bytes: number) {
  if (bytes < 1024) return `${bytes} B`
  const kilobytes = bytes / 1024
  return kilobytes < 1024 ? `${formatNumber(Math.round(kilobytes))} KB` : `${formatNumber(kilobytes / 1024, 1)} MB`
}
