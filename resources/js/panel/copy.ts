const SHOWN = 1500

/** Shows a button that puts its `data-copy` on the clipboard and says so for a moment; without a clipboard it stays hidden. */
export function enhanceCopy(button: HTMLButtonElement) {
  if (!navigator.clipboard) return
  button.hidden = false
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.dataset.copy ?? '')
    button.dataset.state = 'copied'
    announce(button.dataset.copied ?? '')
    setTimeout(() => delete button.dataset.state, SHOWN)
  })
}

/** For screen readers: a live region that the first use adds. */
function announce(text: string) {
  const region = document.querySelector('[data-announcer]') ?? addRegion()
  region.textContent = text
}

function addRegion() {
  const region = Object.assign(document.createElement('div'), { className: 'visually-hidden' })
  region.setAttribute('role', 'status')
  region.dataset.announcer = ''
  document.querySelector('main')?.append(region)
  return region
}
