/** Languages as tabs. Without a script their panels simply follow each other. */
export function connectTabs(tablist: HTMLElement, onShow: (locale: string) => void) {
  const tabs = [...tablist.querySelectorAll<HTMLAnchorElement>('[data-tab]')]
  const panelOf = (tab: HTMLElement) => document.querySelector<HTMLElement>(`[data-panel="${tab.dataset.tab}"]`)!

  const show = (chosen: HTMLAnchorElement) => {
    for (const tab of tabs) {
      const isChosen = tab === chosen
      tab.classList.toggle('is-active', isChosen)
      tab.setAttribute('aria-selected', String(isChosen))
      tab.tabIndex = isChosen ? 0 : -1
      panelOf(tab).classList.toggle('is-active', isChosen)
    }
    onShow(chosen.dataset.tab!)
  }

  tablist.setAttribute('role', 'tablist')
  for (const tab of tabs) {
    tab.setAttribute('role', 'tab')
    tab.setAttribute('aria-controls', panelOf(tab).id)
    panelOf(tab).setAttribute('role', 'tabpanel')
    panelOf(tab).setAttribute('aria-labelledby', tab.id)
    tab.addEventListener('click', (event) => {
      event.preventDefault()
      show(tab)
    })
  }
  tablist.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    const current = tabs.indexOf(document.activeElement as HTMLAnchorElement)
    if (!step || current === -1) return
    event.preventDefault()
    const next = tabs[(current + step + tabs.length) % tabs.length]
    next.focus()
    show(next)
  })
  show(tabs.find((tab) => tab.classList.contains('is-active')) ?? tabs[0])
  return { show: (locale: string) => show(tabs.find((tab) => tab.dataset.tab === locale) ?? tabs[0]) }
}
