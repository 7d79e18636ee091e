/** Calls once, after the last of several calls in quick succession. */
export function debounce(work: () => void, milliseconds: number) {
  let timer: ReturnType<typeof setTimeout> | undefined
  return () => {
    clearTimeout(timer)
    timer = setTimeout(work, milliseconds)
  }
}
