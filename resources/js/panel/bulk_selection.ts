/** Adds to a list with bulk actions: a box for all rows of the page, how many are chosen, and buttons that wait for one. */
export function enhanceBulkSelection(form: HTMLFormElement) {
  const rows = [...document.querySelectorAll<HTMLInputElement>(`input[name=ids][form="${form.id}"]`)]
  const all = form.querySelector<HTMLInputElement>('input[name=all]')!
  const buttons = form.querySelectorAll<HTMLButtonElement>('button[type=submit]')
  const chosen = form.querySelector<HTMLElement>('[data-chosen]')!
  const page = boxForPage(form.dataset.pageLabel ?? '')

  const show = () => {
    const count = rows.filter((row) => row.checked).length
    chosen.textContent = count > 0 && !all.checked ? (chosen.dataset.chosen ?? '').replace('#', String(count)) : ''
    page.checked = count === rows.length
    page.indeterminate = count > 0 && count < rows.length
    buttons.forEach((button) => (button.disabled = count === 0 && !all.checked))
  }
  page.addEventListener('change', () => {
    rows.forEach((row) => (row.checked = page.checked))
    show()
  })
  for (const box of [...rows, all]) box.addEventListener('change', show)
  window.addEventListener('pageshow', show)
  show()
}

function boxForPage(label: string): HTMLInputElement {
  const box = Object.assign(document.createElement('input'), { type: 'checkbox', className: 'form-check-input m-0' })
  box.setAttribute('aria-label', label)
  document.querySelector('[data-bulk-page]')?.replaceChildren(box)
  return box
}
