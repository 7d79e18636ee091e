const MAX_BYTES = 10 * 1024 * 1024

/** A chosen file is stored at once, so that it survives whatever else is wrong with the form. */
export function connectImage(block: HTMLElement, tooLarge: string, upload: (input: HTMLInputElement) => Promise<void>) {
  const input = block.querySelector<HTMLInputElement>('[data-image-file]')!
  const error = block.querySelector<HTMLElement>('[data-image-error]')!
  input.addEventListener('change', async () => {
    const [file] = input.files ?? []
    if (!file) return
    if (file.size > MAX_BYTES) {
      error.textContent = tooLarge
      error.hidden = false
      input.value = ''
      return
    }
    block.setAttribute('aria-busy', 'true')
    await upload(input)
    block.removeAttribute('aria-busy')
  })
}
