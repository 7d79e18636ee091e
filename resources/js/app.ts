/* Progressive enhancement only: every list and form works without it. */
import { enhanceBulkSelection } from './panel/bulk_selection.js'
import { enhanceCopy } from './panel/copy.js'

document.querySelectorAll<HTMLFormElement>('form[data-bulk]').forEach(enhanceBulkSelection)
document.querySelectorAll<HTMLButtonElement>('button[data-copy]').forEach(enhanceCopy)
