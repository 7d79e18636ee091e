import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/
const shapes = new Map<string, string>()

/** Inline SVG of a Tabler outline icon, hidden from screen readers: the text beside it says what it means. */
export function icon(name: string, className = ''): string {
  return (
    `<svg class="icon ${className.replace(/[^\w -]/g, '')}" width="24" height="24" viewBox="0 0 24 24" fill="none" ` +
    `stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">` +
    `${shapeOf(name)}</svg>`
  )
}

function shapeOf(name: string): string {
  if (!NAME.test(name)) throw new Error(`"${name}" is not the name of an icon`)
  let shape = shapes.get(name)
  if (shape === undefined) {
    const file = fileURLToPath(import.meta.resolve(`@tabler/icons/outline/${name}.svg`))
    shape = onlyShapes(readFileSync(file, 'utf8'))
    shapes.set(name, shape)
  }
  return shape
}

/** Keeps drawing elements with drawing attributes and nothing else, whatever the package ships one day. */
function onlyShapes(svg: string): string {
  const elements = svg.matchAll(/<(path|circle|ellipse|line|polyline|polygon|rect)\b([^>]*?)\/>/g)
  return [...elements]
    .filter(([, , attributes]) => !attributes.includes('M0 0h24v24H0z'))
    .map(([, tag, attributes]) => {
      const kept = attributes.matchAll(
        /\b(d|cx|cy|r|rx|ry|x|y|x1|x2|y1|y2|width|height|points|fill|stroke)="([^"<>]*)"/g
      )
      return `<${tag}${[...kept].map(([pair]) => ` ${pair}`).join('')}/>`
    })
    .join('')
}
