/** A tap uncovers hidden text, as in Telegram. */
export function uncoverSpoilers(root: Document) {
  root.addEventListener('click', (event) => {
    const spoiler = (event.target as Element).closest('[data-spoiler]')
    spoiler?.classList.toggle('is-open')
  })
}
