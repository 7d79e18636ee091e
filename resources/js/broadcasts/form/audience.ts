/** Shows the part that belongs to the chosen kind of audience. */
export function connectAudience(root: HTMLElement) {
  const kinds = [...root.querySelectorAll<HTMLInputElement>('[data-audience-kind]')]
  const parts = [...root.querySelectorAll<HTMLElement>('[data-audience-part]')]
  const update = () => {
    const chosen = kinds.find((kind) => kind.checked)?.value
    for (const part of parts) part.hidden = part.dataset.audiencePart !== chosen
  }
  for (const kind of kinds) kind.addEventListener('change', update)
  update()
}
