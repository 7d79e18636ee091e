/** An address is asked for only when the button opens a page. */
export function connectButtonKinds(root: ParentNode) {
  for (const kind of root.querySelectorAll<HTMLSelectElement>('[data-button-kind]')) {
    const address = kind.parentElement!.querySelector<HTMLInputElement>('[data-button-url]')!
    const update = () => (address.hidden = kind.value !== 'url')
    kind.addEventListener('change', update)
    update()
  }
}
