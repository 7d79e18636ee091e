/** Makes an element: properties and attributes in one object, `on` for listeners, `data` for data attributes. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag)
  const { on = {}, data = {}, class: className, ...rest } = properties
  if (className) element.className = className
  for (const [name, value] of Object.entries(rest)) setProperty(element, name, value)
  for (const [event, listener] of Object.entries(on)) element.addEventListener(event, listener)
  Object.assign(element.dataset, data)
  element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false))
  return element
}

function setProperty(element, name, value) {
  if (value === undefined || value === null || value === false) return
  if (name in element && !name.startsWith('aria') && name !== 'list') element[name] = value
  else element.setAttribute(name, value === true ? '' : value)
}

const SVG = 'http://www.w3.org/2000/svg'

export function icon(name, className = '') {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('class', `icon ${className}`)
  svg.setAttribute('aria-hidden', 'true')
  const use = document.createElementNS(SVG, 'use')
  use.setAttribute('href', `#i-${name}`)
  svg.append(use)
  return svg
}

export function iconButton(name, label, onClick, className = 'icon-button') {
  return h('button', { type: 'button', class: className, 'aria-label': label, on: { click: onClick } }, icon(name))
}

export const byId = (id) => document.getElementById(id)

/** Brings the children of a parent to this list while leaving those in place that stay. */
export function reconcile(parent, nodes) {
  let current = parent.firstChild
  for (const node of nodes) {
    if (node === current) current = current.nextSibling
    else parent.insertBefore(node, current)
  }
  while (current) {
    const next = current.nextSibling
    current.remove()
    current = next
  }
}

/** Initials as on Telegram's avatars, which take whole characters and not halves of emoji. */
export function initials(title) {
  const words = title.split(/\s+/).filter(Boolean)
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => {
    const letter = word?.match(/[\p{L}\p{N}]/u)?.[0]
    return letter ?? ''
  })
  return letters.join('').toUpperCase() || '?'
}

export function paintAvatar(element, { id, title }) {
  element.className = `avatar c${Math.abs(id) % 7}`
  element.textContent = initials(title)
}
