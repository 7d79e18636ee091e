import { mix, parseHex, readable, toHex, type Rgb } from '#admin/brand/colour'

const WHITE: Rgb = [255, 255, 255]
const BLACK: Rgb = [0, 0, 0]
/** Surfaces of the two themes on which text in the brand's colour stands: see `resources/css/panel/theme.css`. */
const LIGHT_SURFACES = ['#ffffff', '#f7f8f9', '#eceef0'].map(parseHex)
const DARK_SURFACES = ['#16181a', '#1b1e20', '#212427', '#32373b'].map(parseHex)
const DARK_SURFACE = parseHex('#212427')
/** WCAG AA asks for 4.5. */
const AA = 4.55

/** Shades of one colour, by custom property of the theme. */
export interface Palette {
  light: Record<string, string>
  dark: Record<string, string>
}

/** Shades of any colour, dark or light enough that all text in them and on them passes WCAG AA in both themes. */
export function paletteOf(hex: string): Palette {
  const colour = parseHex(hex)
  return { light: lightOf(colour), dark: darkOf(colour) }
}

function lightOf(colour: Rgb) {
  const primary = readable(colour, BLACK, LIGHT_SURFACES, AA)
  const [tint, active] = [mix(primary, WHITE, 0.12), mix(primary, WHITE, 0.07)]
  const text = readable(mix(primary, BLACK, 0.85), BLACK, [tint, active], AA)
  return variables({ primary, darken: mix(primary, BLACK, 0.85), link: primary, linkHover: text, tint, active, text })
}

function darkOf(colour: Rgb) {
  const primary = readable(colour, BLACK, [WHITE], AA)
  const [tint, active] = [mix(colour, DARK_SURFACE, 0.22), mix(colour, DARK_SURFACE, 0.14)]
  const link = readable(colour, WHITE, DARK_SURFACES, AA)
  const text = readable(link, WHITE, [tint, active], AA)
  return variables({ primary, darken: mix(primary, BLACK, 0.85), link, linkHover: text, tint, active, text })
}

interface Shades {
  primary: Rgb
  darken: Rgb
  link: Rgb
  linkHover: Rgb
  tint: Rgb
  active: Rgb
  text: Rgb
}

const variables = ({ primary, darken, link, linkHover, tint, active, text }: Shades): Record<string, string> => ({
  '--tblr-primary': toHex(primary),
  '--tblr-primary-rgb': primary.join(', '),
  '--tblr-primary-fg': '#ffffff',
  '--tblr-primary-darken': toHex(darken),
  '--tblr-primary-lt': toHex(tint),
  '--tblr-primary-lt-rgb': tint.join(', '),
  '--tblr-link-color': toHex(link),
  '--tblr-link-color-rgb': link.join(', '),
  '--tblr-link-hover-color': toHex(linkHover),
  '--tblr-link-hover-color-rgb': linkHover.join(', '),
  '--panel-active-bg': toHex(active),
  '--panel-active-fg': toHex(text),
  '--tone-primary-bg': toHex(tint),
  '--tone-primary-fg': toHex(text),
})

/** The stylesheet that lays a colour over the built-in theme. */
export function stylesheetOf(hex: string): string {
  const { light, dark } = paletteOf(hex)
  return [
    rule(':root', light),
    rule("[data-bs-theme='dark']", dark),
    `@media (prefers-color-scheme: dark) {\n${rule("[data-bs-theme='auto']", dark)}}\n`,
  ].join('')
}

const rule = (selector: string, declarations: Record<string, string>) =>
  `${selector} {\n${Object.entries(declarations)
    .map(([name, value]) => `  ${name}: ${value};\n`)
    .join('')}}\n`
