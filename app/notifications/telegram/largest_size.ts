interface Size {
  file_id: string
  width: number
  height: number
}

/** The `file_id` of the largest size of the photo that Telegram's answer holds; null when it holds none. */
export function largestSize(answer: unknown): string | null {
  const sizes = (answer as { photo?: Size[] } | null)?.photo ?? []
  return (
    sizes.reduce<Size | null>(
      (best, size) => (best && best.width * best.height >= size.width * size.height ? best : size),
      null
    )?.file_id ?? null
  )
}
