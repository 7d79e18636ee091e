import { Transmit } from '@adonisjs/transmit-client'

interface News {
  state: string
  value: number
  max: number
  texts: Record<string, string>
}

/** Shows what the server tells of a broadcast that is being sent; a change of its state draws the page anew. */
export function watchProgress(page: HTMLElement, channel: string) {
  const transmit = new Transmit({ baseUrl: location.origin })
  const subscription = transmit.subscription(channel)
  subscription.onMessage((news: News) => {
    if (news.state !== page.dataset.state) return leave(transmit)
    show(page, news)
  })
  void subscription.create()
  addEventListener('pagehide', () => transmit.close())
}

function show(page: HTMLElement, { value, max, texts }: News) {
  for (const [name, text] of Object.entries(texts)) {
    const element = page.querySelector(`[data-live-text="${name}"]`)
    if (element && element.textContent !== text) element.textContent = text
  }
  const bar = page.querySelector<HTMLProgressElement>('[data-live-bar]')
  if (!bar) return
  bar.max = max
  bar.value = value
}

/** Other buttons apply now. A question that is open is answered first. */
function leave(transmit: Transmit) {
  transmit.close()
  const reload = () => location.reload()
  const question = document.querySelector('dialog:popover-open')
  if (question) question.addEventListener('toggle', reload, { once: true })
  else reload()
}
