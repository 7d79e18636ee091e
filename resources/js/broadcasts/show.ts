import { uncoverSpoilers } from './preview/spoilers.js'
import { watchProgress } from './progress/watch.js'

const page = document.querySelector<HTMLElement>('#broadcast-page')
if (page?.dataset.live) watchProgress(page, page.dataset.live)
uncoverSpoilers(document)
